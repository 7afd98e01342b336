import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Keys } from "../configuration/keys.ts";

/** Where a secret belongs. Sealed for one place it opens in no other, so that nobody can move it to another row. */
export type SecretPlace = { organisationId: string; purpose: SecretPurpose; rowId: string };

/**
 * `authenticator`: the seed of a user's codes; `push`: what an organisation's pushes are signed with; the others are
 * channels' own, each with its kind before the point.
 */
export type SecretPurpose = "authenticator" | "push" | `${string}.${string}`;

export type Secrets = {
  /** Encrypts a secret for its row: AES-256-GCM under the newest key with a fresh nonce. */
  seal(place: SecretPlace, secret: string): Promise<string>;
  /** Decrypts it. Throws when it was changed or belongs elsewhere, and when its key is not there. */
  open(place: SecretPlace, sealed: string): Promise<string>;
};

const cipher = "aes-256-gcm";
const nonceLength = 12;
const tagLength = 16;
/** In front of everything that is sealed; what does not begin with it was stored before there were keys. */
export const sealedPrefix = "v1.";
export const isSealed = (text: string) => text.startsWith(sealedPrefix);
const form = /^v1\.([0-9a-f]{16})\.([\w-]+)$/;

/** Beginning of everything that is sealed with this key. */
export const prefixOf = (keyId: string) => `${sealedPrefix}${keyId}.`;

/** A secret is sealed with a key that this installation does not have: an operator has to bring it back. */
class KeyMissing extends Error {
  override name = "KeyMissing";
  constructor(keyId: string) {
    super(
      `The database holds secrets under the key ${keyId}, which is neither in GRATA_SECRET_KEY nor in the key file.`,
    );
  }
}

export function createSecrets(keys: Keys): Secrets {
  return {
    async seal(place, secret) {
      const { id, bytes } = await keys.newest();
      const nonce = randomBytes(nonceLength);
      const sealing = createCipheriv(cipher, bytes, nonce, { authTagLength: tagLength });
      sealing.setAAD(boundTo(place, id));
      const parts = [nonce, sealing.update(secret, "utf8"), sealing.final(), sealing.getAuthTag()];
      return prefixOf(id) + Buffer.concat(parts).toString("base64url");
    },
    async open(place, sealed) {
      const [, id, text] = form.exec(sealed) ?? [];
      if (id === undefined || text === undefined) throw new Error("This is not a sealed secret.");
      const key = await keys.find(id);
      if (!key) throw new KeyMissing(id);
      const bytes = Buffer.from(text, "base64url");
      const nonce = bytes.subarray(0, nonceLength);
      const opening = createDecipheriv(cipher, key.bytes, nonce, { authTagLength: tagLength });
      opening.setAAD(boundTo(place, id));
      opening.setAuthTag(bytes.subarray(-tagLength));
      const secret = opening.update(bytes.subarray(nonceLength, -tagLength), undefined, "utf8");
      return secret + opening.final("utf8");
    },
  };
}

function boundTo({ organisationId, purpose, rowId }: SecretPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([sealedPrefix, keyId, organisationId, purpose, rowId]));
}
