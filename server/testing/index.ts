/** The one way by which the benches and the browser tests reach into the server's sources. */
import { fileURLToPath } from "node:url";

export { findFirstWebchat } from "../src/channels/webchat/find-first-webchat.ts";
export { beginSession } from "../src/domains/accounts/session.ts";
export { createOrganisation } from "../src/features/set-up/create-organisation.ts";
export { users } from "../src/foundation/schema/accounts.ts";
export { customers } from "../src/foundation/schema/customers.ts";
export { visitorTokens } from "../src/foundation/schema/webchat.ts";
export { newSecret } from "../src/foundation/secrets/token.ts";
export { openStorage, type Storage } from "../src/foundation/storage/storage.ts";
export { linkIn, type MailBox, openMailBox, type Received } from "./outside/mail-box.ts";
export { type NameServer, startNameServer } from "./outside/name-server.ts";
export { picture, plainPicture } from "./outside/pictures.ts";
export { openPushBox, type PushBox, type ReceivedPush } from "./outside/push-box.ts";
export { openPlatform } from "./pigeon/platform.ts";
/** A program to run instead of the built one: the same with a channel that nobody ships, from the sources. */
export const pigeonProgram = fileURLToPath(new URL("./pigeon/program.ts", import.meta.url));
