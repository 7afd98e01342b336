import { createHash } from "node:crypto";

export const keyLength = 32;

/** A key by the name that stands in front of everything sealed with it. */
export type Key = { id: string; bytes: Buffer };

/** The keys that secrets at rest are sealed with. A running node may be given a new one at any time. */
export type Keys = {
  /** What is sealed from now on is sealed with this one. */
  newest(): Promise<Key>;
  /** The key of this name, or null. */
  find(id: string): Promise<Key | null>;
};

/** Names a key by its fingerprint: the same key has the same name on every node, and the name gives nothing away. */
export function keyOf(bytes: Buffer): Key {
  const fingerprint = createHash("sha256").update("grata secret key\n").update(bytes).digest("hex");
  return { id: fingerprint.slice(0, 16), bytes };
}

/** Reads a key as it is written down: 32 bytes in base64. Null: it is something else. */
export function readKey(text: string): Key | null {
  const bytes = Buffer.from(text, "base64");
  const canonical = bytes.toString("base64").replace(/=+$/, "") === text.replace(/=+$/, "");
  return bytes.length === keyLength && canonical ? keyOf(bytes) : null;
}

/** Keys that never change while the program runs, the newest first. */
export function fixedKeys([newest, ...former]: [Key, ...Key[]]): Keys {
  const all = [newest, ...former];
  return {
    newest: async () => newest,
    find: async (id) => all.find((key) => key.id === id) ?? null,
  };
}
