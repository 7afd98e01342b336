import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openSql } from "../../../../testing/checks/stored.ts";
import { makeAgent, makeCustomer, makeWaitingChat } from "../../../../testing/scenes/chats.ts";
import { newClientId } from "../../../../testing/scenes/people.ts";
import { openWriter } from "../../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import { open } from "../../../channels/webchat/open.ts";
import type { Change } from "../changes.ts";
import { claim } from "../claim.ts";
import { createListWaiting } from "./list.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

test("C3: an answer shows the wait list exactly as it was at its version, however much comes and goes meanwhile", async () => {
  const { storage } = node.services;
  const place = await makeOrganisation(node);
  const agent = await makeAgent(node, place);
  const writer = openWriter(node);
  onTestFinished(() => writer.close());
  const listWaiting = createListWaiting(storage, node.services.channels.capabilitiesOf);
  const changes: Change[] = [];
  const comeAndGo = async () => {
    for (let round = 0; round < 25; round++) {
      const visitor = await makeCustomer(node, place);
      const message = { clientId: newClientId(), text: "Hello", connectionId: null };
      const opened = await open(storage, writer, visitor, message, async () => undefined);
      changes.push(...opened.changes);
      if (round % 5 === 0) continue;
      changes.push(
        ...(
          await claim(
            storage,
            agent,
            { conversationId: opened.conversation.id },
            node.services.channels.capabilitiesOf,
          )
        ).changes,
      );
    }
  };
  const answers: Awaited<ReturnType<typeof listWaiting>>[] = [];
  let busy = true;
  const asking = (async () => {
    while (busy) answers.push(await listWaiting(agent, {}));
  })();
  await Promise.all([comeAndGo(), comeAndGo(), comeAndGo()]);
  busy = false;
  await asking;

  const shown = new Set<string>();
  const atVersion = new Map<number, string[]>();
  const steps = changes.filter((change) => change.kind === "waiting");
  for (const { version, changed, removed } of steps.sort((one, other) => one.version - other.version)) {
    for (const { id } of changed) shown.add(id);
    for (const id of removed) shown.delete(id);
    atVersion.set(version, [...shown].sort());
  }
  const seen = answers.filter(({ version }) => atVersion.has(version));
  expect(new Set(seen.map(({ version }) => version)).size).toBeGreaterThan(10);
  for (const { version, total, conversations } of seen) {
    expect(conversations.map(({ id }) => id).sort()).toEqual(atVersion.get(version));
    expect(total).toBe(conversations.length);
  }
});

test("C3: a count that is wrong in the database does not make a list that is sent whole look cut off", async () => {
  const place = await makeOrganisation(node);
  const agent = await makeAgent(node, place);
  const chat = await makeWaitingChat(node, place);
  const sql = await openSql(node.databaseUrl);
  onTestFinished(() => sql.end());
  await sql.query("UPDATE list_versions SET size = 7 WHERE organisation_id = $1", [place.organisationId]);
  const { total, conversations } = await createListWaiting(
    node.services.storage,
    node.services.channels.capabilitiesOf,
  )(agent, {});
  expect({ total, ids: conversations.map(({ id }) => id) }).toEqual({ total: 1, ids: [chat.id] });
});

test("C3: the wait list is answered from the end that is asked for, also to those who ask for both at once", async () => {
  const place = await makeOrganisation(node);
  const agent = await makeAgent(node, place);
  const ids: string[] = [];
  for (let count = 0; count < 3; count++) ids.push((await makeWaitingChat(node, place)).id);
  const listWaiting = createListWaiting(node.services.storage, node.services.channels.capabilitiesOf);
  const answers = await Promise.all([
    listWaiting(agent, {}),
    listWaiting(agent, { order: "newest" }),
    listWaiting(agent, { order: "longest" }),
  ]);
  const shown = answers.map(({ order, conversations }) => ({
    order,
    ids: conversations.map(({ id }) => id),
  }));
  expect(shown).toEqual([
    { order: "longest", ids },
    { order: "newest", ids: ids.toReversed() },
    { order: "longest", ids },
  ]);
});
