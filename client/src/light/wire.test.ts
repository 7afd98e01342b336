import { customerEntry } from "@grata/contract/entries";
import { failure } from "@grata/contract/errors";
import { endReasons, news, type RequestType, requests } from "@grata/contract/realtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answers, isFailure, isVisitorNews, readFailure, readNews } from "./wire.ts";

const id = "01a20109-b7f7-77c6-959c-965aaeed37fe";
const entry = {
  seq: 1,
  occurrence: { kind: "message", text: "茶" },
  author: {
    kind: "user",
    name: "Support",
    names: [{ language: "en", name: "Support", line: "We answer in English" }, { name: "客服" }],
    avatar: "/api/avatars/0123456789abcdef",
  },
  clientId: id,
  at: 1_700_000_000_000,
};
const conversation = { id, status: "waiting", head: 1, read: 0 };

const samples: Record<
  string,
  {
    schema: { safeParse(value: unknown): { success: boolean; data?: unknown } };
    accepts(value: unknown): boolean;
    value: object;
  }
> = {};
function add(
  name: string,
  schema: (typeof samples)[string]["schema"],
  accepts: (value: unknown) => boolean,
  value: object,
) {
  samples[name] = { schema, accepts, value };
}

const outputs: Partial<Record<RequestType, object>> = {
  "conversation.mine": {
    conversation,
    earlier: [conversation],
    staffed: true,
    served: false,
    reachable: false,
  },
  "conversation.open": { conversation, entry },
  "conversation.read": {},
  "conversation.typing": {},
  "message.send": { seq: 1, at: 1, entry },
  "entries.after": { head: 1, entries: [entry] },
  "entries.before": { head: 1, entries: [entry] },
};
for (const [type, value] of Object.entries(outputs) as [RequestType, object][]) {
  add(type, requests[type].output, (candidate) => answers[type]?.(candidate) ?? false, value);
}
const told: object[] = [
  { type: "welcome", now: 1 },
  { type: "entries", conversationId: id, entries: [entry] },
  { type: "heads", heads: [{ conversationId: id, head: 1 }] },
  { type: "typing", conversationId: id, by: "user", typing: true },
  { type: "standing", staffed: true, served: false },
];
for (const reason of endReasons) told.push({ type: "session.ended", reason });
for (const value of told) add(JSON.stringify(value), news, isVisitorNews, value);
for (const kind of ["claimed", "closed", "hidden", "erased", "cleared", "poll"]) {
  const value = { type: "entries", conversationId: id, entries: [{ ...entry, occurrence: { kind } }] };
  add(`an entry that is ${kind}`, news, isVisitorNews, value);
}
add("a chat that waits again", news, isVisitorNews, {
  type: "entries",
  conversationId: id,
  entries: [{ ...entry, occurrence: { kind: "hidden", queued: true } }],
});
add("a failure", failure, isFailure, {
  code: "unavailable",
  message: "Later.",
  fields: { name: { code: "name_empty", message: "Enter a name." } },
  retryAfter: 1.5,
});

/** Every place in a value, as a path. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

/** The same value with another one in one place; undefined takes the place away. */
function exchange(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((inner, index) => (String(index) === key ? exchange(inner, rest, by) : inner));
  const next = exchange(Reflect.get(value as object, key), rest, by);
  const { [key]: _, ...others } = value as Record<string, unknown>;
  return next === undefined ? others : { ...others, [key]: next };
}

const junk = fc.oneof(
  fc.anything(),
  fc.constantFrom(
    undefined,
    null,
    "",
    -1,
    0.5,
    2 ** 31,
    2 ** 53,
    Number.NaN,
    [],
    {},
    true,
    id,
    "f".repeat(36),
  ),
  fc.uuid(),
  fc.integer(),
);

describe("D1: the light guards and the contract's schemas", () => {
  test.each(Object.keys(samples))("agree on %s, right and wrong in any place", (name) => {
    const sample = samples[name];
    if (!sample) throw new Error(name);
    expect([sample.accepts(sample.value), sample.schema.safeParse(sample.value).success]).toEqual([
      true,
      true,
    ]);
    const places = placesIn(sample.value);
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, (place, by) => {
        const candidate = exchange(sample.value, place, by);
        const { success, data } = sample.schema.safeParse(candidate);
        expect(sample.accepts(candidate)).toBe(success);
        // Accepted values are also read alike, with unknown ones as "other".
        if (sample.schema === news) expect(readNews(candidate)).toEqual(data);
        if (sample.schema === failure) expect(readFailure(candidate)).toEqual(data);
      }),
      { seed: 20_261_122, numRuns: 500 },
    );
  });

  test("D1, H2: what is the team's alone is not for a visitor's window", () => {
    expect(isVisitorNews({ type: "versions", waiting: 4 })).toBe(false);
    expect(customerEntry.safeParse(entry).success).toBe(true);
  });
});
