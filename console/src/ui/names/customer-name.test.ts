import { describe, expect, test } from "vitest";
import { givenName, hueOf, initialsOf } from "./customer-name.ts";

const stranger = { id: "1", reference: "A3F9", email: null, identified: false };
const named = (name: string | null) => givenName({ ...stranger, name });

describe("C3: what a customer is called", () => {
  test.each([null, "", "   ", "\u200b\u200d", "\u202e", "\u3164"])("C3: %j is no name", (name) => {
    expect(named(name)).toBeNull();
  });

  test("C3: a name cannot turn or break the line it stands in", () => {
    expect(named("\u202emoc.live\u202c\nsecond line")).toBe("moc.live second line");
  });

  test("C3: markup in a name is the name", () => {
    expect(named("<img src=x onerror=alert(1)>")).toBe("<img src=x onerror=alert(1)>");
  });
});

describe("C3: the letters on a face", () => {
  test.each([
    ["Mei Chen", "MC"],
    ["ada", "A"],
    ["José Luis García", "JG"],
    ["陈美", "陈"],
    ["王 小明", "王"],
    ["👩‍👩‍👧‍👦 family", "👩‍👩‍👧‍👦"],
    ["مريم حسن", "م"],
    ["<b>", "<"],
  ])("C4: of %s are %s", (name, expected) => {
    expect(initialsOf(name)).toBe(expected);
  });

  test("C4: a face has one colour for good, and others have others", () => {
    const hues = new Set(Array.from({ length: 60 }, (_, index) => hueOf(`customer-${index}`)));
    expect(hueOf("customer-1")).toBe(hueOf("customer-1"));
    expect(hues.size).toBeGreaterThan(8);
    for (const hue of hues) expect(hue).toBeLessThan(360);
  });
});
