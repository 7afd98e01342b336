import { Readable } from "node:stream";
import type { uploadHeaders } from "@grata/contract/files";
import type { FastifyRequest } from "fastify";
import type * as z from "zod/mini";
import type { User, Visitor } from "../../../foundation/access/principal.ts";
import { networkOf } from "../../../foundation/http/address.ts";
import type { Context } from "../../../foundation/http/context.ts";
import type { TypedApp } from "../../../foundation/http/routes.ts";
import { uploaderId } from "../../media/owner.ts";
import { processes } from "../../media/process.ts";
import { type Files, upload } from "../../media/upload.ts";
import { discardRest } from "./discard-rest.ts";

type Target = { fileId: string; conversationId: string | null };
type UploadRequest = { headers: z.infer<typeof uploadHeaders>; body: unknown };

/** Makes the function that takes the upload of a request whose sender may upload. */
export function createTakeUpload({
  storage,
  files,
  limits,
  addressOf,
}: Pick<Context, "storage" | "limits" | "addressOf"> & { files: Files }) {
  /** Counts it before a byte is read, by the most that may come: a body need not say how long it is. */
  return async (request: FastifyRequest & UploadRequest, uploader: User | Visitor, target: Target) => {
    const { name, purpose, body } = uploadOf(request);
    const bytes = Math.min(
      Number(request.headers["content-length"] ?? Number.POSITIVE_INFINITY),
      processes[purpose].limit(name),
    );
    const network = networkOf(addressOf(request.raw));
    const from = { network, person: uploaderId(uploader), team: uploader.kind === "user" };
    const settle = await limits.upload(from, bytes);
    let received = 0;
    const onBytes = (count: number) => {
      received += count;
    };
    try {
      return {
        file: await upload(storage, files, uploader, { ...target, name, purpose, body, bytes, onBytes }),
      };
    } finally {
      await settle(received);
    }
  };
}

/** Registers routes that take files, apart from all others: their body is no JSON and is read last. */
export function registerUploads(app: TypedApp, routes: (uploads: TypedApp) => void): void {
  app.register(async (uploads: TypedApp) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("application/octet-stream", (_request, body, done) => done(null, body));
    uploads.addHook("onResponse", async (request, reply) => discardRest(request, reply));
    routes(uploads);
  });
}

const uploadOf = ({ headers, body }: UploadRequest) => ({
  name: headers["x-file-name"],
  purpose: headers["x-file-purpose"],
  body: body instanceof Readable ? body : Readable.from([]),
});
