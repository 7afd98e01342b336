import { randomUUID } from "node:crypto";
import { type ClientRequest, type Handshake, realtimeVersion } from "@grata/contract/realtime";
import { Wire } from "../driver/wire.ts";

/** A flooder that sends as fast as it can from an address of its own. */
export type Flood = { url: string; address: string } & (
  | { kind: "visitors"; channelId: string; tokens: string[]; sockets: number; underWay: number }
  | { kind: "admin"; cookie: string; conversationId: string; sockets: number; underWay: number }
  | { kind: "handshakes"; channelId: string; atOnce: number }
);

/** Counts of the server's answers. */
export type Flooded = { accepted: number; refused: number; connected: number; turnedAway: number };

/** Floods without end; what it counts is in `flooded` at any time. */
export function flood(by: Flood, flooded: Flooded): void {
  switch (by.kind) {
    case "visitors":
      for (const token of by.tokens) {
        const handshake = visitor(by.channelId, token);
        // A repeat of the opening is answered with the same chat.
        const opening = { clientId: randomUUID(), text: "Hello" };
        repeat(by.sockets, () =>
          keepAsking(by, handshake, flooded, async (wire) => {
            const { conversation } = await wire.ask("conversation.open", opening);
            return () => message(conversation.id);
          }),
        );
      }
      return;
    case "admin":
      repeat(by.sockets, (index) =>
        keepAsking(by, { as: "user", version: realtimeVersion }, flooded, async () =>
          index % 2 === 0 ? () => message(by.conversationId) : () => look(by.conversationId),
        ),
      );
      void forever(() => invite(by, flooded));
      return;
    case "handshakes":
      repeat(by.atOnce, () =>
        keepAsking(by, visitor(by.channelId, randomUUID()), flooded, async () => () => message(randomUUID())),
      );
  }
}

const visitor = (channel: string, token: string): Handshake => ({
  as: "visitor",
  version: realtimeVersion,
  channel,
  token,
});
const message = (conversationId: string): ClientRequest => ({
  type: "message.send",
  conversationId,
  clientId: randomUUID(),
  text: "Flood ".repeat(20),
});
const look = (conversationId: string): ClientRequest => ({ type: "entries.after", conversationId, after: 0 });

function repeat(count: number, begin: (index: number) => unknown): void {
  for (let index = 0; index < count; index++) begin(index);
}

async function forever(work: () => Promise<unknown>): Promise<never> {
  for (;;) {
    await work().catch(() => undefined);
    await new Promise(setImmediate);
  }
}

/** Connects, keeps requests under way, and connects again without a pause when it is cut or turned away. */
function keepAsking(
  by: Flood,
  handshake: Handshake,
  flooded: Flooded,
  begin: (wire: Wire) => Promise<() => ClientRequest>,
): Promise<never> {
  return forever(async () => {
    const cookie = by.kind === "admin" ? by.cookie : undefined;
    const wire = await Wire.open(by.url, handshake, { cookie, localAddress: by.address }).catch(() => null);
    if (!wire) {
      flooded.turnedAway++;
      return;
    }
    flooded.connected++;
    const lost = new Promise<void>((resolve) => {
      wire.onLost = () => resolve();
    });
    const next = await Promise.race([begin(wire), lost]);
    if (!next) return;
    const ask = () =>
      wire.request(next(), ({ ok }) => {
        if (ok) flooded.accepted++;
        else flooded.refused++;
        ask();
      });
    repeat("underWay" in by ? by.underWay : 1, ask);
    await lost;
  });
}

async function invite(by: Extract<Flood, { kind: "admin" }>, flooded: Flooded): Promise<void> {
  const email = () => `${randomUUID()}@example.test`;
  const lines = Array.from({ length: 50 }, () => ({
    name: "Mei",
    email: email(),
    role: "agent",
    language: "en",
  }));
  const response = await fetch(`${by.url}/api/team/invitations/many`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: by.cookie },
    body: JSON.stringify({ lines }),
  });
  if (response.ok) flooded.accepted++;
  else flooded.refused++;
  await response.arrayBuffer();
}
