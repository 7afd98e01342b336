import { openAsBlob } from "node:fs";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { AwsClient } from "aws4fetch";
import type { Bucket } from "../../../foundation/configuration/configuration.ts";
import {
  type ByteRange,
  type Content,
  type ContentKey,
  ContentMissing,
  type FileStore,
  StoreFull,
} from "./port.ts";

/** Until the answer begins; a file comes after that as fast as its reader takes it. */
const answerWithinMilliseconds = 60_000;

/** The answer of stores that can be full, by the status of WebDAV; Amazon's never is. */
const insufficientStorage = 507;

/** Keeps contents in a bucket: `<organisation>/<two letters>/<hash>`. The bucket checks each by that very hash. */
export function openS3Store({ address, region, accessKeyId, secretAccessKey }: Bucket): FileStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 2 });

  async function ask(
    method: "PUT" | "GET" | "HEAD" | "DELETE",
    { organisationId, hash }: ContentKey,
    init: { headers?: Record<string, string>; body?: Blob } = {},
  ): Promise<Response> {
    const url = `${address}/${organisationId}/${hash.slice(0, 2)}/${hash}`;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), answerWithinMilliseconds);
    try {
      // Signed apart from its body, which is too large to be read twice.
      const { body, headers = {} } = init;
      const signed = await client.sign(url, { method, headers });
      return await fetch(url, {
        method,
        headers: signed.headers,
        signal: patience.signal,
        ...(body && { body }),
      });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async put(key, content) {
      const held = await ask("HEAD", key);
      if (held.ok) return;
      const answer = await ask("PUT", key, {
        headers: { "x-amz-content-sha256": key.hash },
        body: await blobOf(content),
      });
      await expectOk(answer, "stored");
    },
    async read(key, range) {
      const answer = await ask("GET", key, { headers: range ? { range: rangeHeader(range) } : {} });
      if (answer.status === 404) {
        await answer.body?.cancel();
        throw new ContentMissing(key);
      }
      if (!answer.ok || !answer.body) await expectOk(answer, "read");
      return Readable.fromWeb(answer.body as ReadableStream);
    },
    async remove(key) {
      const answer = await ask("DELETE", key);
      // What is gone already is removed.
      if (answer.status !== 404) await expectOk(answer, "removed");
    },
  };
}

const rangeHeader = ({ start, end }: ByteRange) => `bytes=${start}-${end}`;

const blobOf = (content: Content): Promise<Blob> | Blob =>
  Buffer.isBuffer(content) ? new Blob([new Uint8Array(content)]) : openAsBlob(content.path);

/** The bucket's own words are for the operator, in the log. */
async function expectOk(answer: Response, what: string): Promise<void> {
  const words = await answer.text();
  if (answer.ok) return;
  const sentence = `A file could not be ${what}: S3 said ${answer.status}. ${words.slice(0, 500)}`;
  throw answer.status === insufficientStorage ? new StoreFull(sentence) : new Error(sentence);
}
