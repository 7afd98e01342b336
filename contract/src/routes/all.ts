/** Every route by its name. For the server and its tests alone: whoever imports this has every schema that there is. */
import * as absentChats from "./absent-chats.ts";
import * as agentIdentities from "./agent-identities.ts";
import * as channels from "./channels.ts";
import * as consoleTest from "./console-test.ts";
import * as customers from "./customers.ts";
import * as files from "./files.ts";
import * as history from "./history.ts";
import * as installation from "./installation.ts";
import * as links from "./links.ts";
import * as operation from "./operation.ts";
import * as organisation from "./organisation.ts";
import * as ownAccount from "./own-account.ts";
import * as push from "./push.ts";
import * as quickReplies from "./quick-replies.ts";
import type { Route } from "./route.ts";
import * as routing from "./routing.ts";
import * as secondFactor from "./second-factor.ts";
import * as session from "./session.ts";
import * as setUp from "./set-up.ts";
import * as tagsAndFields from "./tags-and-fields.ts";
import * as team from "./team.ts";
import * as webChat from "./web-chat.ts";

/** The routes of each area, in the order in which the description of the API shows them. */
export const areas: Record<string, Record<string, Route>> = {
  session,
  links,
  ownAccount,
  secondFactor,
  setUp,
  team,
  agentIdentities,
  routing,
  absentChats,
  customers,
  tagsAndFields,
  history,
  files,
  quickReplies,
  organisation,
  channels,
  webChat,
  operation,
  push,
  consoleTest,
  installation,
};

/** All of them. */
export const routes: readonly Route[] = Object.values(areas).flatMap((area) => Object.values(area));
