import { requests } from "@grata/contract/realtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { describeSource } from "./where.ts";

const input = { clientId: "01a20109-b7f7-77c6-959c-965aaeed37fe", text: "Hello" };

test("D1: no page can make the server refuse a message", () => {
  const address = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.webUrl().map((url) => `${url}?${"x".repeat(3_000)}`),
    fc.constantFrom("javascript:alert(1)", "about:blank", "file:///tmp/x", `https://x/${"y".repeat(3_000)}`),
  );
  fc.assert(
    fc.property(address, fc.string({ unit: "binary", maxLength: 700 }), address, (url, title, referrer) => {
      const source = describeSource({ url, title, referrer });
      expect(requests["conversation.open"].input.safeParse({ ...input, ...source }).success).toBe(true);
    }),
  );
});

test("D1: page and referrer are told where they are addresses of the web", () => {
  const where = { url: "https://shop.example/tea?k=1#x", title: "Tea", referrer: "https://s.example/" };
  expect(describeSource(where)).toEqual({
    page: { url: "https://shop.example/tea?k=1", title: "Tea" },
    referrer: "https://s.example/",
  });
  expect(describeSource({ url: "about:blank", title: "", referrer: "" })).toEqual({});
  expect(describeSource(undefined)).toEqual({});
});
