import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

type Options = { challenge: string; rpId?: string; rp?: { id?: string } };
type Way = { verified?: boolean; origin?: string; counts?: boolean };

/** A passkey as a device makes it: an ES256 key, and what it signs (WebAuthn, 6.1 and 6.5). */
export function newPasskey(origin: string, { verified = true, counts = true }: Way = {}) {
  const id = randomBytes(16);
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  let counter = 0;
  const credential = { id: text(id), rawId: text(id), type: "public-key" } as const;
  return {
    id: credential.id,
    /** As a copy of it would, that has been used so often. */
    setCounter(used: number) {
      counter = used;
    },
    register({ challenge, rp }: Options) {
      const length = Buffer.from([0, id.length]);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)]);
      const authData = Buffer.concat([head(rp?.id ?? "", 0x41, verified, counter), attested]);
      const attestationObject = cborMap([
        [cborText("fmt"), cborText("none")],
        [cborText("attStmt"), cborMap([])],
        [cborText("authData"), cborBytes(authData)],
      ]);
      const clientDataJSON = clientData("webauthn.create", challenge, origin);
      return {
        ...credential,
        response: {
          clientDataJSON: text(clientDataJSON),
          attestationObject: text(attestationObject),
          transports: ["internal"],
        },
      };
    },
    sign({ challenge, rpId }: Options, way: Way = {}) {
      if (counts) counter++;
      const authenticatorData = head(rpId ?? "", 0x01, way.verified ?? verified, counter);
      const clientDataJSON = clientData("webauthn.get", challenge, way.origin ?? origin);
      const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
      return {
        ...credential,
        response: {
          clientDataJSON: text(clientDataJSON),
          authenticatorData: text(authenticatorData),
          signature: text(createSign("sha256").update(signed).sign(privateKey)),
        },
      };
    },
  };
}

const text = (bytes: Buffer) => bytes.toString("base64url");
const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest();

function head(rpId: string, flags: number, verified: boolean, counter: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([sha256(rpId), Buffer.from([flags | (verified ? 0x04 : 0)]), count]);
}

const clientData = (type: string, challenge: string, origin: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

/** RFC 9053: kty EC2, alg ES256, crv P-256, x, y. */
function coseKey(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return cborMap([
    [Buffer.from([0x01]), Buffer.from([0x02])],
    [Buffer.from([0x03]), Buffer.from([0x26])],
    [Buffer.from([0x20]), Buffer.from([0x01])],
    [Buffer.from([0x21]), cborBytes(Buffer.from(x, "base64url"))],
    [Buffer.from([0x22]), cborBytes(Buffer.from(y, "base64url"))],
  ]);
}

/** RFC 8949, 3: the few forms that are needed. */
const cborMap = (pairs: [Buffer, Buffer][]) =>
  Buffer.concat([Buffer.from([0xa0 | pairs.length]), ...pairs.flat()]);
const cborText = (value: string) => Buffer.concat([Buffer.from([0x60 | value.length]), Buffer.from(value)]);
function cborBytes(value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x58, value.length]), value]);
}
