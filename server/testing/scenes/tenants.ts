import type pg from "pg";
import { v7 as newId } from "uuid";
import { defaultSettings } from "../../src/channels/webchat/settings.ts";
import { noteConnected } from "../../src/domains/accounts/connected-sessions.ts";
import { findSession } from "../../src/domains/accounts/session.ts";
import { startTest } from "../../src/features/console-tests/start.ts";
import { publicPushKey } from "../../src/features/pushes/key.ts";
import { absences, links, linkTokens } from "../../src/foundation/schema/accounts.ts";
import { agentIdentities, avatars, userIdentities } from "../../src/foundation/schema/agent-identities.ts";
import { auditEntries } from "../../src/foundation/schema/audit.ts";
import {
  customerFieldValues,
  customerIdentities,
  customerMerges,
  customerNotes,
  customerTags,
  customFields,
  tags,
} from "../../src/foundation/schema/customers.ts";
import {
  authenticators,
  passkeys,
  pendingSignIns,
  recoveryCodes,
} from "../../src/foundation/schema/factors.ts";
import { inbox } from "../../src/foundation/schema/inbox.ts";
import { mails } from "../../src/foundation/schema/mails.ts";
import { logos, ownHosts } from "../../src/foundation/schema/organisations.ts";
import { pushes, pushSubscriptions } from "../../src/foundation/schema/pushes.ts";
import { quickReplies } from "../../src/foundation/schema/quick-replies.ts";
import { routing } from "../../src/foundation/schema/routing.ts";
import { userGroupMembers, userGroups } from "../../src/foundation/schema/user-groups.ts";
import { webchatSettings } from "../../src/foundation/schema/webchat.ts";
import { newSecret } from "../../src/foundation/secrets/token.ts";
import { makeChannel } from "../outside/channel.ts";
import { makeOrganisation, type TestNode } from "../servers/test-node.ts";
import { uploadFile } from "./files.ts";
import { connectAgent, connectVisitor, makeUser, newClientId } from "./people.ts";

/** A channel that hands every entry over and never succeeds, so that what waits to go out stays where it is. */
export const stubbornChannel = makeChannel(() => ({ kind: "postponed", reason: "Not today." }));

export type Tenant = { organisationId: string; channelId: string; conversationId: string };

/** An organisation in which something of everything has happened. */
export async function makeLivelyOrganisation(node: TestNode, name: string): Promise<Tenant> {
  const { organisationId, channelId } = await makeOrganisation(node, name);
  const agent = await connectAgent(node, organisationId);
  const visitor = await connectVisitor(node, channelId);
  const text = `A question to ${name}`;
  const { conversation } = await visitor.request("conversation.open", { clientId: newClientId(), text });
  const conversationId = conversation.id;
  await agent.request("conversation.claim", { conversationId });
  const holder = { cookie: agent.cookie, conversationId };
  const file = await uploadFile(node, holder, { name: "notes.txt", content: `Notes of ${name}` });
  await agent.request("message.send", {
    conversationId,
    clientId: newClientId(),
    text: `An answer of ${name}`,
    file: file.id,
  });
  await agent.request("conversation.read", { conversationId, seq: 1 });
  const { cookie } = await makeUser(node, organisationId);
  const signedIn = await findSession(node.services.storage, cookie.slice("grata=".length));
  if (!signedIn) throw new Error("Nobody is signed in.");
  await startTest(node.services.storage, { principal: signedIn.principal, address: "" });
  // Of nobody who is connected: what the node notes of those comes and goes.
  const { sessionId } = signedIn.principal;
  await noteConnected(node.services.storage, [organisationId], [sessionId], []);
  await node.services.storage.inOrganisation(organisationId, async (transaction) => {
    await publicPushKey(transaction, node.services.secrets, organisationId);
    const subscription = { endpoint: "http://127.0.0.1:9/somebody", p256dh: "0", auth: "0" };
    await transaction.insert(pushSubscriptions).values({ organisationId, sessionId, ...subscription });
    const told = { kind: "message", aboutAt: new Date() } as const;
    await transaction.insert(pushes).values({ organisationId, sessionId, conversationId, ...told });
  });
  await node.services.storage.inOrganisation(organisationId, (transaction) =>
    transaction.insert(webchatSettings).values({
      organisationId,
      channelId,
      ...defaultSettings,
    }),
  );
  await node.services.storage.inOrganisation(organisationId, async (transaction) => {
    await transaction.insert(logos).values({ organisationId, hash: "0", content: Buffer.from(name) });
    await transaction.insert(ownHosts).values({ organisationId, host: "chat.example", token: "0" });
    // Of somebody who is back: what the node notes of others comes and goes.
    await transaction.insert(absences).values({ organisationId, userId: signedIn.principal.userId });
    const identity = { organisationId, world: "webchat" as const };
    const identityId = newId();
    await transaction
      .insert(agentIdentities)
      .values({ ...identity, id: identityId, names: [{ name }], searched: name });
    await transaction
      .insert(userIdentities)
      .values({ ...identity, identityId, userId: signedIn.principal.userId });
    await transaction.insert(avatars).values({ organisationId, hash: "0", content: Buffer.from(name) });
    const groupId = newId();
    await transaction.insert(userGroups).values({ organisationId, id: groupId, name: "Returns" });
    await transaction.insert(routing).values({ organisationId, version: 1, rules: [] });
    await transaction
      .insert(userGroupMembers)
      .values({ organisationId, groupId, userId: signedIn.principal.userId });
    const quickReply = { name: "Greeting", category: "", texts: { en: name }, key: "", searched: "" };
    await transaction.insert(quickReplies).values({ organisationId, id: newId(), ...quickReply });
  });
  await node.services.storage.inOrganisation(organisationId, (transaction) =>
    transaction.insert(customerIdentities).values({
      ...{ organisationId, channelId, customerId: visitor.customerId },
      ...{ kind: "signed", externalId: "somebody", vouched: true },
    }),
  );
  await node.services.storage.inOrganisation(organisationId, (transaction) =>
    transaction.insert(inbox).values({
      ...{ organisationId, channelId, key: "1", lane: "somebody", body: "Hi" },
      state: "failed",
    }),
  );
  await noteSomething(node, organisationId, visitor.customerId, agent.userId);
  await inviteSomebody(node, organisationId);
  await protectSomebody(node, organisationId);
  agent.close();
  visitor.close();
  return { organisationId, channelId, conversationId };
}

/** A customer with a tag, a note, a field and a merge. */
async function noteSomething(node: TestNode, organisationId: string, customerId: string, userId: string) {
  const [tagId, fieldId] = [newId(), newId()];
  const made = { organisationId, userId, userName: "Somebody" };
  await node.services.storage.inOrganisation(organisationId, async (transaction) => {
    await transaction.insert(tags).values({ organisationId, id: tagId, name: "Regular", key: "regular" });
    await transaction.insert(customerTags).values({ organisationId, customerId, tagId });
    const field = { organisationId, id: fieldId, name: "City", key: "city", kind: "text" } as const;
    await transaction.insert(customFields).values({ ...field, choices: [] });
    await transaction
      .insert(customerFieldValues)
      .values({ organisationId, customerId, fieldId, value: "Here" });
    await transaction.insert(customerNotes).values({ ...made, id: newId(), customerId, text: "A note" });
    const merge = { ...made, id: newId(), survivorId: customerId, mergedId: customerId, moved: [] };
    await transaction.insert(customerMerges).values(merge);
  });
}

/** Somebody who has been invited: a link, its secret, a mail, and who did it. */
async function inviteSomebody(node: TestNode, organisationId: string): Promise<void> {
  const { userId, email } = await makeUser(node, organisationId);
  const link = { organisationId, id: newId(), userId, kind: "invitation", expiresAt: new Date() } as const;
  await node.services.storage.inOrganisation(organisationId, async (transaction) => {
    await transaction.insert(links).values(link);
    await transaction
      .insert(linkTokens)
      .values({ organisationId, tokenHash: newSecret().hash, linkId: link.id });
    await transaction.insert(mails).values({
      organisationId,
      id: newId(),
      kind: "invitation",
      recipient: email,
      language: "en",
      parameters: { name: "Somebody", organisation: "Theirs" },
      linkId: link.id,
    });
    await transaction.insert(auditEntries).values({
      organisationId,
      id: newId(),
      action: "user.invited",
      by: "system",
      targetId: userId,
      targetName: email,
      address: "",
      changes: {},
    });
  });
}

/** Somebody with one of each factor, who has given their password and owes the second step. */
async function protectSomebody(node: TestNode, organisationId: string): Promise<void> {
  const { userId } = await makeUser(node, organisationId);
  const owner = { organisationId, userId };
  const { hash } = newSecret();
  await node.services.storage.inOrganisation(organisationId, async (transaction) => {
    await transaction.insert(authenticators).values({ ...owner, secret: "v1.none.none" });
    await transaction.insert(recoveryCodes).values({ ...owner, codeHash: hash, salt: hash });
    await transaction.insert(passkeys).values({
      ...owner,
      id: newId(),
      name: "My key",
      credentialId: userId,
      publicKey: hash,
      counter: 0,
      transports: [],
      host: "localhost",
    });
    await transaction.insert(pendingSignIns).values({ ...owner, id: newId(), tokenHash: hash });
  });
}

/** Every tenant table, those first that others point at last, so that rows can be deleted in this order. */
export async function tenantTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; targets: string[] }>(
    `SELECT c.relname AS name, ARRAY(
       SELECT f.confrelid::regclass::text FROM pg_constraint f
       WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.confrelid <> c.oid) AS targets
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id'
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname`,
  );
  const ordered: string[] = [];
  const left = new Map(rows.map((row) => [row.name, row.targets]));
  while (left.size > 0) {
    const pointedAt = new Set([...left.values()].flat());
    const free = [...left.keys()].filter((name) => !pointedAt.has(name));
    if (free.length === 0) throw new Error("The tables point at each other in a ring.");
    for (const name of free) {
      ordered.push(name);
      left.delete(name);
    }
  }
  return ordered;
}
