import { createChannelRegistry } from "../../src/channels/registry.ts";
import { webchat } from "../../src/channels/webchat/channel.ts";
import type { DeliveryOutcome, Parcel } from "../../src/domains/deliveries/parcel.ts";

/** One call of a channel's `deliver`. */
export type Call = {
  parcel: Parcel;
  /** The message in it. */
  text: string;
  /** How often this very parcel had been handed over before. */
  before: number;
  at: number;
};

const delivered: DeliveryOutcome = { kind: "delivered" };

/**
 * A channel of a test's own. It notes each call, and that no customer is ever called twice at once; each call ends as
 * `behave` says.
 */
export function makeChannel(
  behave: (call: Call) => DeliveryOutcome | Promise<DeliveryOutcome> = () => delivered,
) {
  const calls: Call[] = [];
  const busy = new Set<string>();
  const overlaps: string[] = [];

  async function deliver(parcel: Parcel): Promise<DeliveryOutcome> {
    const { customerId, occurrence, conversationId, seq } = parcel;
    if (busy.has(customerId)) overlaps.push(customerId);
    busy.add(customerId);
    const same = calls.filter(
      (call) => call.parcel.conversationId === conversationId && call.parcel.seq === seq,
    );
    const text = "text" in occurrence ? occurrence.text : occurrence.kind;
    const call = { parcel, text, before: same.length, at: performance.now() };
    calls.push(call);
    try {
      return await behave(call);
    } finally {
      busy.delete(customerId);
    }
  }

  const { kind, capabilities } = webchat;
  return {
    /** For a node: the web chat, but that answers are handed over. */
    channels: createChannelRegistry([
      { ...webchat, capabilities: { ...capabilities, reply: "push" }, deliver },
    ]),
    /** For a worker without a node. */
    deliverers: new Map([[kind, deliver]]),
    calls,
    overlaps,
    /** The texts that one customer was sent, in order. */
    sentTo: (customerId: string) =>
      calls.filter((call) => call.parcel.customerId === customerId).map(({ text }) => text),
  };
}
