import type { ConversationLog } from "@grata/client/conversation-log";
import type { CustomerEntry, TeamEntry } from "@grata/contract/entries";
import type pg from "pg";
import { expect } from "vitest";
import { eventually } from "../checks/eventually.ts";
import { expectDenseLogs, storedLog } from "../checks/stored.ts";
import { type Live, type LiveAgent, liveAgent, liveVisitor } from "./live.ts";
import { makeUser, makeVisitor, newClientId, type WithStorage } from "./people.ts";

/** A customer and the agent who serves them, each with a whole client. */
export type Pair = {
  conversationId: string;
  agent: LiveAgent;
  customer: Live<CustomerEntry>;
  agentLog: ConversationLog<TeamEntry>;
  customerLog: ConversationLog<CustomerEntry>;
};

type Place = { organisationId: string; channelId: string };

/** Makes a pair whose chat is claimed; the two may be connected to different addresses. */
export async function makePair(
  database: WithStorage,
  place: Place,
  urls: { agent: string; customer: string },
): Promise<Pair> {
  const { cookie } = await makeUser(database, place.organisationId);
  const { token } = await makeVisitor({ url: urls.customer }, place.channelId);
  const [agent, customer] = await Promise.all([
    liveAgent(urls.agent, cookie),
    liveVisitor(urls.customer, place.channelId, token),
  ]);
  const opening = { clientId: newClientId(), text: "Hello" };
  const opened = await customer.connection.request("conversation.open", opening);
  const conversationId = opened.conversation.id;
  await agent.connection.request("conversation.claim", { conversationId });
  const [agentLog, customerLog] = [agent.follow(conversationId), customer.follow(conversationId)];
  await eventually(() => {
    for (const log of [agentLog, customerLog]) expect(log.snapshot().entries).toHaveLength(2);
  });
  return { conversationId, agent, customer, agentLog, customerLog };
}

export const partiesOf = (pair: Pair): Live<TeamEntry | CustomerEntry>[] => [pair.agent, pair.customer];

/** Both write without a pause, the next message as soon as the last one is stored, until it is stopped. */
export function keepWriting(pairs: Pair[]): { stop(): Promise<void> } {
  let stopped = false;
  let number = 0;
  for (const pair of pairs) {
    for (const party of partiesOf(pair)) {
      const writeNext = () => {
        const isUnderWay = party.outgoing.snapshot().some(({ state }) => state.kind === "sending");
        if (!stopped && !isUnderWay) party.write(pair.conversationId, `message ${++number}`);
      };
      party.outgoing.subscribe(() => queueMicrotask(writeNext));
      writeNext();
    }
  }
  return {
    /** Resolves when everything that was written is stored. */
    async stop() {
      stopped = true;
      await everythingSent(pairs);
    },
  };
}

/** Waits until nothing is left in the queues but what only waits to be seen in the log. */
export function everythingSent(pairs: Pair[]): Promise<void> {
  return eventually(() => {
    const unsent = pairs.flatMap(partiesOf).flatMap((party) => party.outgoing.snapshot());
    expect(unsent.filter(({ state }) => state.kind !== "sent")).toEqual([]);
  }, 60_000);
}

/** Does not wait for the growing pauses of the clients: what a reader does who presses "Try again". */
export function tryAgain(pairs: Pair[]): void {
  for (const { connection, outgoing } of pairs.flatMap(partiesOf)) {
    connection.retry();
    outgoing.resume();
  }
}

export const acknowledgedBy = (pairs: Pair[]) =>
  pairs.flatMap(partiesOf).flatMap(({ acknowledged }) => acknowledged);

/**
 * The promise: everything that was written is stored once, each writer's messages in the order in which they were
 * written, and where an acknowledgement said so.
 */
export async function expectStoredOnce(sql: pg.Client, pairs: Pair[]): Promise<void> {
  await expectDenseLogs(sql);
  for (const pair of pairs) {
    const log = await storedLog(sql, pair.conversationId);
    const stored = log.filter(({ seq, kind }) => kind === "message" && seq > 1);
    const written = partiesOf(pair).map((party) => party.written.map(({ clientId }) => clientId));
    expect(stored).toHaveLength(written.flat().length);
    for (const [index, { acknowledged }] of partiesOf(pair).entries()) {
      const mine = stored.filter(({ clientId }) => written[index]?.includes(clientId ?? ""));
      expect(mine.map(({ clientId }) => clientId)).toEqual(written[index]);
      const places = new Map(mine.map(({ clientId, seq }) => [clientId, seq]));
      for (const { clientId, seq } of acknowledged)
        expect([clientId, seq]).toEqual([clientId, places.get(clientId)]);
    }
  }
}

/** The rest of it: both see all of it, once and in that order. */
export async function expectShownToBoth(sql: pg.Client, pairs: Pair[]): Promise<void> {
  for (const { conversationId, agentLog, customerLog } of pairs) {
    const stored = (await storedLog(sql, conversationId)).map(({ seq, clientId }) => ({ seq, clientId }));
    for (const log of [agentLog, customerLog]) {
      await eventually(() => {
        const shown = log.snapshot().entries.map(({ seq, clientId }) => ({ seq, clientId }));
        expect(shown).toEqual(stored);
      });
    }
  }
}

export function closeAll(pairs: Pair[]): void {
  for (const party of pairs.flatMap(partiesOf)) party.close();
}
