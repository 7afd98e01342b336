import type { ErrorCode } from "@grata/contract/errors";
import { routes } from "@grata/contract/routes/all";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptedBodies } from "../../../testing/checks/bodies.ts";
import { call, failureIn } from "../../../testing/checks/http.ts";
import {
  addressOf,
  fileHeaders,
  nobodysParameters,
  queryOf,
  type Route,
  routesOf,
} from "../../../testing/checks/route-list.ts";
import { from } from "../../../testing/scenes/factors.ts";
import { makeUser, makeVisitor } from "../../../testing/scenes/people.ts";
import { builtAssets } from "../../../testing/servers/assets.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../testing/servers/test-node.ts";
import { rules } from "../../foundation/access/permissions.ts";
import { isForAnybody } from "../http/api-description/refusals.ts";

const askers = [
  "nobody",
  "visitor",
  "agent",
  "admin",
  "agent elsewhere",
  "admin elsewhere",
  "visitor elsewhere",
] as const;
type Asker = (typeof askers)[number];
type Outcome = "yes" | ErrorCode;

const everybody = (outcome: Outcome) => Object.fromEntries(askers.map((asker) => [asker, outcome]));
/** To HTTP a visitor is nobody, but where they bring and fetch the files of their chat. */
const onlyUsers: Record<string, Outcome> = {
  ...everybody("yes"),
  nobody: "sign_in_required",
  visitor: "sign_in_required",
  "visitor elsewhere": "sign_in_required",
};

const allUsers = (outcome: Outcome): Record<string, Outcome> => ({
  agent: outcome,
  admin: outcome,
  "agent elsewhere": outcome,
  "admin elsewhere": outcome,
});

const onlyAdmins: Record<string, Outcome> = {
  ...onlyUsers,
  agent: "forbidden",
  "agent elsewhere": "forbidden",
};
/** To an admin of another organisation a channel does not exist. */
const onlyItsAdmins: Record<string, Outcome> = { ...onlyAdmins, "admin elsewhere": "channel_unknown" };

/** The same for a user, when all else is well. */
const onlyTheirAdmins = (outcome: Outcome): Record<string, Outcome> => ({
  ...onlyAdmins,
  admin: outcome,
  "admin elsewhere": "user_unknown",
});

/** The same for a customer, who is also nobody's to agents without a chat of theirs. */
const ofCustomer = (outcome: Outcome): Record<string, Outcome> => ({
  ...onlyUsers,
  ...allUsers("customer_unknown"),
  admin: outcome,
});

/** What only admins may do with a customer. */
const onlyAdminsOfCustomer: Record<string, Outcome> = {
  ...onlyAdmins,
  "admin elsewhere": "customer_unknown",
};

const onlyAdminsGet = (outcome: Outcome): Record<string, Outcome> => ({
  ...onlyAdmins,
  admin: outcome,
  "admin elsewhere": outcome,
});

/** A visitor of that channel, by the token in the header Authorization, and no user. */
const onlyItsVisitors = (outcome: Outcome): Record<string, Outcome> => ({
  ...everybody("sign_in_required"),
  visitor: outcome,
});

/** Verdict of each route for each asker whose request is otherwise right. */
const table: Record<string, Record<string, Outcome>> = {
  "GET /healthz": everybody("yes"),
  "POST /api/session": everybody("yes"),
  "GET /api/session": onlyUsers,
  "PATCH /api/session": onlyUsers,
  "DELETE /api/session": onlyUsers,
  // With a link that nobody was sent.
  "POST /api/invitation/check": everybody("yes"),
  "POST /api/invitation": everybody("invitation_invalid"),
  "POST /api/recovery": everybody("yes"),
  "POST /api/recovery/check": everybody("yes"),
  "POST /api/recovery/password": everybody("recovery_invalid"),
  // Nobody has given a password before.
  "POST /api/session/code": everybody("second_step_over"),
  // A stranger may ask; there is no such passkey.
  "POST /api/session/passkey/options": everybody("yes"),
  "POST /api/session/passkey": everybody("passkey_refused"),
  "GET /api/second-factor": onlyUsers,
  "POST /api/second-factor/authenticator": onlyUsers,
  "POST /api/second-factor/authenticator/confirm": { ...onlyUsers, ...allUsers("authenticator_absent") },
  "POST /api/second-factor/authenticator/remove": { ...onlyUsers, ...allUsers("authenticator_absent") },
  "POST /api/second-factor/recovery-codes": { ...onlyUsers, ...allUsers("second_factor_absent") },
  "POST /api/second-factor/passkeys/options": onlyUsers,
  "POST /api/second-factor/passkeys": { ...onlyUsers, ...allUsers("passkey_refused") },
  // Of somebody else.
  "POST /api/second-factor/passkeys/:passkeyId/remove": { ...onlyUsers, ...allUsers("passkey_unknown") },
  "POST /api/session/password": onlyUsers,
  "POST /api/session/activity": onlyUsers,
  "GET /api/sessions": onlyUsers,
  // Of somebody else.
  "DELETE /api/sessions/:sessionId": { ...onlyUsers, ...allUsers("session_unknown") },
  "POST /api/sessions/end-others": onlyUsers,
  // There is an organisation.
  "POST /api/set-up/check": everybody("set_up_done"),
  "POST /api/set-up": everybody("set_up_done"),
  "POST /api/webchat/:channelId/visitors": everybody("yes"),
  // Files of a chat and under an id that nobody has.
  "PUT /api/conversations/:conversationId/files/:fileId": {
    ...onlyUsers,
    ...allUsers("conversation_unknown"),
  },
  "GET /api/conversations/:conversationId/files/:fileId/:part": { ...onlyUsers, ...allUsers("file_unknown") },
  "GET /api/conversations/:conversationId/transcript": {
    ...onlyUsers,
    ...allUsers("conversation_unknown"),
  },
  // Without a file.
  "PUT /api/webchat/:channelId/files/:fileId": onlyItsVisitors("file_empty"),
  "GET /api/webchat/:channelId/files/:fileId/:part": onlyItsVisitors("file_unknown"),
  // Nobody has made a secret.
  "POST /api/webchat/:channelId/identity": everybody("identity_not_set_up"),
  "GET /api/channels": onlyAdmins,
  "GET /api/channels/web-chat": onlyAdmins,
  "POST /api/channels/web-chat": onlyAdmins,
  "PUT /api/channels/web-chat/:channelId": onlyItsAdmins,
  "POST /api/channels/web-chat/:channelId/secret": onlyItsAdmins,
  "POST /api/channels/web-chat/:channelId/check": onlyItsAdmins,
  "GET /api/team/users": onlyAdmins,
  "GET /api/team/users/:userId": onlyTheirAdmins("yes"),
  "PATCH /api/team/users/:userId": onlyTheirAdmins("yes"),
  "POST /api/team/users/:userId/disable": onlyTheirAdmins("yes"),
  // They are active, and were never invited.
  "POST /api/team/users/:userId/enable": onlyTheirAdmins("user_not_disabled"),
  "POST /api/team/users/:userId/unlock": onlyTheirAdmins("user_not_locked"),
  "POST /api/team/users/:userId/end-sessions": onlyTheirAdmins("yes"),
  "POST /api/team/users/:userId/reset-second-factor": onlyTheirAdmins("second_factor_absent"),
  "POST /api/team/users/:userId/invitation": onlyTheirAdmins("user_not_invited"),
  "DELETE /api/team/users/:userId/invitation": onlyTheirAdmins("user_not_invited"),
  "POST /api/team/users/:userId/invitation/link": onlyTheirAdmins("user_not_invited"),
  "POST /api/team/invitations": onlyAdmins,
  "POST /api/team/invitations/many": onlyAdmins,
  "GET /api/absent-chats": onlyAdmins,
  "POST /api/absent-chats/put-back": onlyAdmins,
  // Of a chat that nobody has.
  "POST /api/absent-chats/take-over": onlyAdminsGet("conversation_unknown"),
  "GET /api/user-groups": onlyAdmins,
  "POST /api/user-groups": onlyAdmins,
  "PATCH /api/user-groups/:groupId": onlyAdminsGet("group_unknown"),
  "PUT /api/user-groups/:groupId/members": onlyAdminsGet("group_unknown"),
  "DELETE /api/user-groups/:groupId": onlyAdminsGet("group_unknown"),
  "GET /api/team/users/:userId/groups": { ...onlyAdmins, "admin elsewhere": "user_unknown" },
  "PUT /api/team/users/:userId/groups": { ...onlyAdmins, "admin elsewhere": "user_unknown" },
  "GET /api/routing": onlyAdmins,
  "PUT /api/routing": onlyAdmins,
  // Of a customer whom nobody knows.
  "POST /api/routing/try": onlyAdminsGet("customer_unknown"),
  "GET /api/organisation": onlyAdmins,
  "PUT /api/organisation": onlyAdmins,
  "GET /api/organisation/entrance": onlyAdmins,
  "GET /api/organisation/retention": onlyAdmins,
  "PUT /api/organisation/retention": onlyAdmins,
  "PUT /api/organisation/slug": onlyAdmins,
  "PUT /api/organisation/host": onlyAdmins,
  // They have none.
  "POST /api/organisation/host/check": {
    ...onlyAdmins,
    admin: "host_unknown",
    "admin elsewhere": "host_unknown",
  },
  // Without a file.
  "PUT /api/organisation/logo": {
    ...onlyAdmins,
    admin: "logo_type_unknown",
    "admin elsewhere": "logo_type_unknown",
  },
  "DELETE /api/organisation/logo": onlyAdmins,
  "GET /api/customers": onlyUsers,
  "GET /api/tags": onlyUsers,
  "GET /api/customer-fields": onlyUsers,
  // Of a customer who has not written: admins know them, agents see no chat of theirs.
  "GET /api/customers/:customerId": ofCustomer("yes"),
  "PATCH /api/customers/:customerId": ofCustomer("yes"),
  "GET /api/customers/:customerId/conversations": ofCustomer("yes"),
  "POST /api/customers/:customerId/notes": ofCustomer("yes"),
  "POST /api/customers/:customerId/tags": ofCustomer("yes"),
  // There is no such thing of theirs.
  "DELETE /api/customers/:customerId/notes/:noteId": ofCustomer("note_unknown"),
  "DELETE /api/customers/:customerId/tags/:tagId": ofCustomer("tag_unknown"),
  "PUT /api/customers/:customerId/fields/:fieldId": ofCustomer("field_unknown"),
  "POST /api/customers/:customerId/merges": ofCustomer("customer_unknown"),
  "POST /api/customers/:customerId/merges/:mergeId/undo": ofCustomer("merge_unknown"),
  "GET /api/customers/:customerId/export": onlyAdminsOfCustomer,
  "POST /api/customers/:customerId/erasure": onlyAdminsOfCustomer,
  "PATCH /api/tags/:tagId": onlyAdminsGet("tag_unknown"),
  "POST /api/tags/:tagId/merge": onlyAdminsGet("tag_unknown"),
  "DELETE /api/tags/:tagId": onlyAdminsGet("tag_unknown"),
  "POST /api/customer-fields": onlyAdmins,
  "PATCH /api/customer-fields/:fieldId": onlyAdminsGet("field_unknown"),
  "DELETE /api/customer-fields/:fieldId": onlyAdminsGet("field_unknown"),
  "GET /api/history/conversations": onlyUsers,
  "GET /api/history/messages": onlyUsers,
  "GET /api/history/choices": onlyUsers,
  "GET /api/history/conversations/:conversationId": { ...onlyUsers, ...allUsers("conversation_unknown") },
  "GET /api/audit-log": onlyAdmins,
  "GET /api/mails": onlyAdmins,
  // None has this id.
  "POST /api/mails/:mailId/retry": {
    ...onlyAdmins,
    admin: "mail_unknown",
    "admin elsewhere": "mail_unknown",
  },
  "GET /api/agent-identities": onlyAdmins,
  "POST /api/agent-identities": onlyAdmins,
  "PUT /api/agent-identities/:identityId": onlyAdminsGet("agent_identity_unknown"),
  "DELETE /api/agent-identities/:identityId": onlyAdminsGet("agent_identity_unknown"),
  "PUT /api/agent-identities/:identityId/avatar": onlyAdminsGet("agent_identity_unknown"),
  "DELETE /api/agent-identities/:identityId/avatar": onlyAdminsGet("agent_identity_unknown"),
  "PUT /api/team/users/:userId/identities": onlyTheirAdmins("yes"),
  "GET /api/avatars/:hash": everybody("route_unknown"),
  "GET /api/quick-replies": onlyAdmins,
  "POST /api/quick-replies": onlyAdmins,
  // None has this id.
  "PUT /api/quick-replies/:quickReplyId": {
    ...onlyAdmins,
    admin: "quick_reply_unknown",
    "admin elsewhere": "quick_reply_unknown",
  },
  "POST /api/quick-replies/delete": onlyAdmins,
  "POST /api/quick-replies/import": onlyAdmins,
  "GET /api/quick-replies/export": onlyAdmins,
  "GET /api/quick-replies/choices": onlyUsers,
  "GET /api/push": onlyUsers,
  "PUT /api/push": onlyUsers,
  "DELETE /api/push": onlyUsers,
  "GET /api/own-quick-replies": onlyUsers,
  "POST /api/own-quick-replies": onlyUsers,
  "PUT /api/own-quick-replies/:quickReplyId": { ...onlyUsers, ...allUsers("quick_reply_unknown") },
  "POST /api/own-quick-replies/delete": onlyUsers,
  "POST /api/own-quick-replies/import": onlyUsers,
  "GET /api/own-quick-replies/export": onlyUsers,
  "GET /api/console-test": onlyUsers,
  "POST /api/console-test": onlyUsers,
  "DELETE /api/console-test": onlyUsers,
  "GET /api/entrance": everybody("yes"),
  // Of names and pictures that nobody has.
  "GET /api/tls/ask": everybody("request_invalid"),
  "GET /api/logo/:organisationId/:hash": everybody("route_unknown"),
  "GET /api/openapi.json": everybody("yes"),
};

/** The same of the pages and what they load, which are no part of the contract. */
const pages: Record<string, Record<string, Outcome>> = {
  "GET /:slug": everybody("route_unknown"),
  "GET /:slug/recover": everybody("route_unknown"),
  "GET /": everybody("yes"),
  "GET /sign-in": everybody("yes"),
  "GET /second-factor": everybody("yes"),
  "GET /set-up": everybody("yes"),
  "GET /invitation": everybody("yes"),
  "GET /recover": everybody("yes"),
  "GET /recover/password": everybody("yes"),
  "GET /console": everybody("yes"),
  "GET /console/push-worker.js": everybody("yes"),
  "GET /console/*": everybody("yes"),
  "GET /try": everybody("yes"),
  "GET /console-test/:channelId": everybody("yes"),
  "GET /console-test/:channelId/window": everybody("yes"),
  "GET /webchat/:channelId": everybody("yes"),
  "GET /webchat/:channelId/loader.js": everybody("yes"),
  "GET /assets/console/:file": everybody("yes"),
  "GET /assets/widget/:file": everybody("yes"),
};

let node: TestNode;
let registered: Route[];
let here: Awaited<ReturnType<typeof makeOrganisation>>;
let elsewhere: Awaited<ReturnType<typeof makeOrganisation>>;

beforeAll(async () => {
  // Each request from a network of its own: a crowd of refusals from one has to wait.
  node = await startTestNode({ environment: { TRUSTED_PROXIES: "127.0.0.1, ::1" } });
  registered = await routesOf(node);
  here = await makeOrganisation(node, "Here");
  elsewhere = await makeOrganisation(node, "Elsewhere");
});
afterAll(() => node.stop());

/** Everything by which this asker could be known: a session of its own for each request. */
async function identityOf(asker: Asker): Promise<Record<string, string>> {
  const organisation = asker.endsWith("elsewhere") ? elsewhere : here;
  if (asker === "nobody") return {};
  if (asker.startsWith("visitor")) {
    const { token } = await makeVisitor(node, organisation.channelId);
    return { cookie: `grata=${token}; __Host-grata=${token}`, authorization: `Bearer ${token}` };
  }
  const role = asker.startsWith("admin") ? "admin" : "agent";
  return { cookie: (await makeUser(node, organisation.organisationId, { role })).cookie };
}

async function ask({ method, url }: Route, asker: Asker): Promise<Outcome> {
  const [asset = ""] = await builtAssets(url.startsWith("/assets/widget") ? "widget" : "console");
  const path = addressOf(url, {
    ...nobodysParameters(),
    channelId: here.channelId,
    organisationId: here.organisationId,
    hash: "unknown",
    slug: "nobody-has-this-one",
    customerId: (await makeVisitor(node, here.channelId)).customerId,
    userId: (await makeUser(node, here.organisationId)).userId,
    file: asset.split("/").at(-1) ?? "",
  });
  const accepted = acceptedBodies[`${method} ${url}`];
  const own: Record<string, object> = {
    "POST /api/session": { email: here.email, password },
    // Of one address not everybody may ask.
    "POST /api/team/invitations": {
      ...acceptedBodies["POST /api/team/invitations"],
      email: `invited.by.${asker.replaceAll(" ", ".")}@example.test`,
    },
    "POST /api/recovery": { email: `${asker.replaceAll(" ", ".")}@example.test` },
  };
  const sent = accepted === undefined ? {} : { body: own[`${method} ${url}`] ?? accepted };
  // Passkeys belong to a name, which the address of a test node is not.
  const headers = {
    ...(await identityOf(asker)),
    ...from(),
    origin: node.services.entrances.main(),
    ...fileHeaders,
  };
  const answer = await call(node, method, path + queryOf(url), { ...sent, headers });
  return answer.status < 400 ? "yes" : failureIn(answer).code;
}

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const said = routes.map(nameOf);

test("H2: every route of the contract has a row in the table, and nothing else does", () => {
  expect(said.toSorted()).toEqual(Object.keys(table).toSorted());
});

test("H2: the server has exactly the routes of the contract, and pages", () => {
  const named = registered.filter(({ method }) => method !== "HEAD");
  const names = named.map(({ method, url }) => nameOf({ method, path: url }));
  expect(names.toSorted()).toEqual([...said, ...Object.keys(pages)].toSorted());
  for (const { url, permission } of named.filter((_, index) => names[index] && names[index] in pages)) {
    expect([url.startsWith("/api/"), permission], url).toEqual([false, "page.read"]);
  }
  const heads = registered.filter(({ method }) => method === "HEAD").map(({ url }) => `GET ${url}`);
  for (const head of heads) expect(names).toContain(head);
});

test("H2: every route asks the access module for the permission that the contract names", () => {
  for (const route of routes) {
    const { permission } = registered.find(({ method, url }) => nameOf(route) === `${method} ${url}`) ?? {};
    expect(permission, nameOf(route)).toBe(route.permission);
    expect(Object.keys(rules), nameOf(route)).toContain(permission);
  }
});

test("H3: the description of the API says truly which routes ask for a sign-in", () => {
  for (const route of routes) {
    expect(isForAnybody(route), nameOf(route)).toBe(table[nameOf(route)]?.nobody !== "sign_in_required");
  }
});

describe.each([...said, ...Object.keys(pages)])("A3, A8, B1, D1, H2, H3, H4: who may %s", (name) => {
  test.each(askers)("%s", async (asker) => {
    const route = registered.find(({ method, url }) => `${method} ${url}` === name);
    if (!route) throw new Error(`There is no route ${name}.`);
    expect(await ask(route, asker)).toBe((table[name] ?? pages[name])?.[asker]);
  });
});

test("A3, H2: each user is told of their own organisation only", async () => {
  for (const asker of ["agent", "admin", "agent elsewhere", "admin elsewhere"] as const) {
    const answer = await call(node, "GET", "/api/session", { headers: await identityOf(asker) });
    // An admin of each has just renamed it.
    const { organisationId } = asker.endsWith("elsewhere") ? elsewhere : here;
    expect(JSON.parse(answer.text).organisation.id).toBe(organisationId);
  }
});
