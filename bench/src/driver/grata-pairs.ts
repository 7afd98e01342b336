import { randomUUID } from "node:crypto";
import { realtimeVersion } from "@grata/contract/realtime";
import { makeVisitor } from "../world/visitor.ts";
import { grataLine } from "./grata-line.ts";
import { inTurns } from "./in-turns.ts";
import type { OpenLine } from "./line.ts";
import { Wire } from "./wire.ts";

export type GrataTarget = { url: string; channelId: string };

const atOnce = 10;

/** Opens the socket of a visitor, as the chat window does. */
function openVisitor(target: GrataTarget, token: string): Promise<Wire> {
  return Wire.open(target.url, { as: "visitor", version: realtimeVersion, channel: target.channelId, token });
}

/** Opens the sockets of visitors who never write. */
export function openIdleVisitors(target: GrataTarget, tokens: string[]): Promise<Wire[]> {
  return inTurns(tokens, atOnce, (token) => openVisitor(target, token));
}

/** For each agent, signed in by a cookie: a customer who opens a chat, and the agent who claims it. */
export function openPairs(target: GrataTarget, cookies: string[]): Promise<[OpenLine, OpenLine][]> {
  return inTurns(cookies, atOnce, async (cookie) => {
    const agent = await Wire.open(target.url, { as: "user", version: realtimeVersion }, { cookie });
    const customer = await openVisitor(target, await makeVisitor(target));
    const opened = await customer.ask("conversation.open", { clientId: randomUUID(), text: "Good day." });
    const conversationId = opened.conversation.id;
    await agent.ask("conversation.claim", { conversationId });
    return [grataLine(customer, conversationId, "customer"), grataLine(agent, conversationId, "user")];
  });
}
