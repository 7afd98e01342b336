import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Pushed, type PushSubscriptionBody, pushed } from "@grata/contract/push";
import { importJWK, jwtVerify } from "jose";

/** A browser's subscription, and what only the browser knows of it. */
export type TestSubscription = { body: PushSubscriptionBody; browser: ECDH; auth: Buffer };

/** What came for a subscription, decrypted with its own keys. */
export type ReceivedPush = {
  endpoint: string;
  headers: Record<string, string | string[] | undefined>;
  /** Of the signed token: whom it is for and who sends it. */
  claims: { aud?: unknown; sub?: unknown; exp?: number };
  /** The key that it was signed with. */
  key: string;
  pushed: Pushed;
};

export type PushBox = {
  /** For PUSH_SERVICES. */
  url: string;
  received: ReceivedPush[];
  /** A new subscription at this service. */
  subscribe(): TestSubscription;
  to(subscription: TestSubscription): ReceivedPush[];
  /** What the service answers from now on; a promise keeps whoever asks waiting. */
  answer: (endpoint: string) => Answer | Promise<Answer>;
  close(): Promise<void>;
};
type Answer = { status: number; headers?: Record<string, string> };

/** A real push service: takes what is sent as RFC 8030 says, and reads it as a browser would (RFC 8291, RFC 8292). */
export async function openPushBox(): Promise<PushBox> {
  const subscriptions = new Map<string, TestSubscription>();
  const received: ReceivedPush[] = [];
  const server = createServer(async (request, response) => {
    const endpoint = url + request.url;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { status, headers = {} } = await box.answer(endpoint);
    const subscription = subscriptions.get(endpoint);
    if (status === 201 && subscription && request.method === "POST") {
      const { claims, key } = await readToken(request.headers.authorization ?? "");
      const text = decrypt(Buffer.concat(parts), subscription);
      received.push({
        endpoint,
        headers: request.headers,
        claims,
        key,
        pushed: pushed.parse(JSON.parse(text)),
      });
    }
    response.writeHead(status, headers).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const box: PushBox = {
    url,
    received,
    subscribe() {
      const subscription = newSubscription(`${url}/${randomBytes(16).toString("base64url")}`);
      subscriptions.set(subscription.body.endpoint, subscription);
      return subscription;
    },
    to: ({ body }) => received.filter(({ endpoint }) => endpoint === body.endpoint),
    answer: () => ({ status: 201 }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return box;
}

/** A subscription as a browser makes one, at any address. */
export function newSubscription(endpoint: string): TestSubscription {
  const browser = createECDH("prime256v1");
  const p256dh = browser.generateKeys("base64url");
  const auth = randomBytes(16);
  return { body: { endpoint, keys: { p256dh, auth: auth.toString("base64url") } }, browser, auth };
}

/** RFC 8291, with one record as RFC 8188 has it. */
function decrypt(body: Buffer, { browser, auth }: Pick<TestSubscription, "browser" | "auth">): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const server = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const derive = (secret: Uint8Array, salted: Buffer, info: Buffer | string, length: number) =>
    Buffer.from(hkdfSync("sha256", secret, salted, info, length));
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), browser.getPublicKey(), server]);
  const input = derive(browser.computeSecret(server), auth, info, 32);
  const key = derive(input, salt, "Content-Encoding: aes128gcm\0", 16);
  const nonce = derive(input, salt, "Content-Encoding: nonce\0", 12);
  const opening = createDecipheriv("aes-128-gcm", key, nonce);
  opening.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
  const end = padded.lastIndexOf(2);
  return padded.subarray(0, end).toString("utf8");
}

/** RFC 8292: the token is signed with the key that stands beside it. */
async function readToken(authorization: string): Promise<Pick<ReceivedPush, "claims" | "key">> {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const point = Buffer.from(key, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const verifier = await importJWK({ kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" }, "ES256");
  const { payload } = await jwtVerify(token, verifier);
  return { claims: payload, key };
}
