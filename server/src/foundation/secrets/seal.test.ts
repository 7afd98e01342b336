import { describe, expect, test } from "vitest";
import { fixedKeys, keyOf, readKey } from "../configuration/keys.ts";
import { createSecrets, type SecretPlace } from "./seal.ts";

const [older, newer] = [keyOf(Buffer.alloc(32, 1)), keyOf(Buffer.alloc(32, 2))];
const place: SecretPlace = { organisationId: "ours", purpose: "authenticator", rowId: "row" };
const secrets = createSecrets(fixedKeys([older]));

describe("H5: a sealed secret", () => {
  test("opens where it was sealed, and never looks the same twice", async () => {
    const [one, two] = [await secrets.seal(place, "JBSWY3DP 密"), await secrets.seal(place, "JBSWY3DP 密")];
    expect(one).not.toBe(two);
    expect(one.startsWith(`v1.${older.id}.`)).toBe(true);
    expect(await secrets.open(place, one)).toBe("JBSWY3DP 密");
    expect(await secrets.open(place, await secrets.seal(place, ""))).toBe("");
  });

  test.each([
    ["organisationId", "theirs"],
    ["purpose", "webchat.identity"],
    ["rowId", "another row"],
  ])("opens nowhere else: another %s", async (field, value) => {
    const sealed = await secrets.seal(place, "secret");
    await expect(secrets.open({ ...place, [field]: value }, sealed)).rejects.toThrow();
  });

  test("does not open with any of its bits flipped, nor cut short", async () => {
    const sealed = await secrets.seal(place, "secret");
    const [version = "", id = "", text = ""] = sealed.split(".");
    const bytes = Buffer.from(text, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const forged = `${version}.${id}.${changed.toString("base64url")}`;
      await expect(secrets.open(place, forged)).rejects.toThrow();
    }
    for (const bad of [sealed.slice(0, -4), `v1.${id}.`, `v1.${id}.AAAA`, `v2.${id}.${text}`, text, ""]) {
      await expect(secrets.open(place, bad), bad).rejects.toThrow();
    }
  });

  test("is sealed with the newest key, and opens with an older one that is still there", async () => {
    const both = createSecrets(fixedKeys([newer, older]));
    expect(await both.open(place, await secrets.seal(place, "secret"))).toBe("secret");
    const fresh = await both.seal(place, "secret");
    expect(fresh.startsWith(`v1.${newer.id}.`)).toBe(true);
    await expect(secrets.open(place, fresh)).rejects.toThrow(
      `The database holds secrets under the key ${newer.id}, which is neither in GRATA_SECRET_KEY nor in the key file.`,
    );
  });

  test("does not open under another key that claims the same name", async () => {
    const impostor = createSecrets(fixedKeys([{ ...newer, id: older.id }]));
    await expect(impostor.open(place, await secrets.seal(place, "secret"))).rejects.toThrow();
  });
});

test.each([
  "",
  "x",
  Buffer.alloc(31).toString("base64"),
  Buffer.alloc(33).toString("base64"),
  "!".repeat(44),
])("H5: %j is no key", (text) => {
  expect(readKey(text)).toBeNull();
});
