import { createHash, randomBytes } from "node:crypto";

/** A new secret for a cookie or a link: 256 random bits, and the hash that is kept in its place. */
export function newSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(32).toString("base64url");
  return { secret, hash: hashSecret(secret) };
}

/** A fast hash is right here: the secret is random, so there is nothing to guess. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
