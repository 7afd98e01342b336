import type { Pushed } from "@grata/contract/push";
import webPush from "web-push";
import type { Begun } from "./outgoing.ts";
import type { PushServices } from "./services.ts";

/** What became of handing a push over. `gone`: the browser has no such subscription any more. */
type Handed =
  | { kind: "sent" | "gone" }
  | { kind: "refused"; reason: string }
  /** `unreachable`: nobody answered there at all. */
  | { kind: "postponed"; retryAfterSeconds: number | null; unreachable: boolean };

export type PushDoor = { hand(push: Begun): Promise<Handed> };

/** Longer than it may take to hand one over, each worker's lease must be. */
export const handWithinSeconds = 10;
const textLimit = 200;
const nameLimit = 80;

/** Hands pushes to the services of browsers. `subject`: whom a service may turn to, an https: or mailto: address. */
export function openPushDoor(services: PushServices, subject: () => string): PushDoor {
  return {
    async hand({ subscription, key, pushed, worthSeconds }) {
      // What the operator allows may be less by now than when it was stored.
      if (!services.accept(subscription.endpoint)) return { kind: "gone" };
      const { method, headers, body } = webPush.generateRequestDetails(
        subscription,
        JSON.stringify(shortened(pushed)),
        {
          TTL: worthSeconds,
          urgency: "high",
          // Waiting for a browser that is not running, a newer one takes the older one's place there.
          topic: topicOf(pushed.conversationId),
          vapidDetails: { subject: subject(), ...key },
        },
      );
      try {
        const answer = await fetch(subscription.endpoint, {
          method,
          headers: textsOf(headers),
          body: new Uint8Array(body ?? []),
          redirect: "manual",
          signal: AbortSignal.timeout(handWithinSeconds * 1_000),
        });
        // Nobody reads it: the connection is free again.
        await answer.body?.cancel();
        return judge(answer);
      } catch {
        return { kind: "postponed", retryAfterSeconds: null, unreachable: true };
      }
    },
  };
}

/** RFC 8030: 404 says that there is no such subscription, and 410 of some services that there was one. */
function judge({ ok, status, headers }: Response): Handed {
  if (ok) return { kind: "sent" };
  if (status === 404 || status === 410) return { kind: "gone" };
  if (status === 429 || status >= 500) {
    return {
      kind: "postponed",
      retryAfterSeconds: secondsIn(headers.get("retry-after")),
      unreachable: false,
    };
  }
  return { kind: "refused", reason: `The push service answered ${status}.` };
}

/** RFC 9110: a number of seconds, or a date. */
function secondsIn(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - Date.now()) / 1_000));
}

/** A conversation's id in 22 of the 32 characters that a topic may have. */
export const topicOf = (conversationId: string) =>
  Buffer.from(conversationId.replaceAll("-", ""), "hex").toString("base64url");

/** A pop-up has room for little, and a push for 4 kB of it. */
function shortened(pushed: Pushed): Pushed {
  const { customer, last } = pushed;
  const cut = (text: string, limit: number) => text.slice(0, limit).toWellFormed();
  return {
    ...pushed,
    customer: { ...customer, name: customer.name === null ? null : cut(customer.name, nameLimit) },
    last: {
      text: cut(last.text, textLimit),
      ...(last.file && { file: { ...last.file, name: cut(last.file.name, nameLimit) } }),
    },
  };
}

const textsOf = (headers: object): [string, string][] =>
  Object.entries(headers).map(([name, value]) => [name, String(value)]);
