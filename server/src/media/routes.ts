import { Readable } from "node:stream";
import {
  teamFileParameters,
  teamPartParameters,
  uploadedFile,
  uploadHeaders,
  visitorFileParameters,
  visitorPartParameters,
} from "@grata/contract/files";
import type { FastifyRequest } from "fastify";
import type * as z from "zod/mini";
import type { User, Visitor } from "../access/principal.ts";
import { networkOf } from "../http/address.ts";
import { principalOf } from "../http/asker.ts";
import type { Context } from "../http/context.ts";
import { identify } from "../http/identify.ts";
import type { TypedApp } from "../http/routes.ts";
import { visitorOf } from "../http/visitor-token.ts";
import { discardRest } from "./discard-rest.ts";
import { findDownload } from "./download.ts";
import { requireUploader, requireVisitor } from "./may-upload.ts";
import { uploaderId } from "./owner.ts";
import { processes } from "./process.ts";
import { sendDownload } from "./send-download.ts";
import type { Files } from "./upload.ts";
import { upload } from "./upload.ts";

/**
 * Files of chats: up before the message that carries them, down for whoever sees that message. The team comes with its
 * session's cookie, a visitor with their token in the header Authorization: nothing that opens a file is in an address.
 */
export async function mediaRoutes(app: TypedApp, services: Context & { files: Files }) {
  const { storage, files, limits, addressOf } = services;

  /** Counts it before a byte is read, by the most that may come: a body need not say how long it is. */
  async function takeUpload(request: FastifyRequest & UploadRequest, uploader: User | Visitor, place: Place) {
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
        file: await upload(storage, files, uploader, { ...place, name, purpose, body, bytes, onBytes }),
      };
    } finally {
      await settle(received);
    }
  }

  app.get(
    "/api/conversations/:conversationId/files/:fileId/:part",
    {
      config: { permission: "conversation.read" },
      preHandler: identify(services),
      schema: { params: teamPartParameters },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      return sendDownload(
        request,
        reply,
        await findDownload(storage, files.store, principal, request.params),
      );
    },
  );

  app.get(
    "/api/webchat/:channelId/files/:fileId/:part",
    { config: { permission: "conversation.read" }, schema: { params: visitorPartParameters } },
    async (request, reply) => {
      const visitor = await visitorOf(request, request.params.channelId, services);
      const wanted = { ...request.params, conversationId: null };
      return sendDownload(request, reply, await findDownload(storage, files.store, visitor, wanted));
    },
  );

  // Apart, because their body is no JSON and is not read before everything else has been asked.
  app.register(async (uploads: TypedApp) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("application/octet-stream", (_request, body, done) => done(null, body));
    uploads.addHook("onResponse", async (request, reply) => discardRest(request, reply));

    uploads.put(
      "/api/conversations/:conversationId/files/:fileId",
      {
        config: { permission: "message.send", largeBody: true },
        onRequest: identify(services),
        schema: { params: teamFileParameters, headers: uploadHeaders, response: { 200: uploadedFile } },
      },
      async (request) => {
        const { conversationId } = request.params;
        const uploader = await requireUploader(storage, principalOf(request), conversationId);
        return takeUpload(request, uploader, request.params);
      },
    );

    uploads.put(
      "/api/webchat/:channelId/files/:fileId",
      {
        config: { permission: "conversation.open", largeBody: true },
        schema: { params: visitorFileParameters, headers: uploadHeaders, response: { 200: uploadedFile } },
      },
      async (request) => {
        const { channelId, fileId } = request.params;
        const uploader = requireVisitor(await visitorOf(request, channelId, services));
        return takeUpload(request, uploader, { fileId, conversationId: null });
      },
    );
  });
}

type Place = { fileId: string; conversationId: string | null };
type UploadRequest = { headers: z.infer<typeof uploadHeaders>; body: unknown };

const uploadOf = ({ headers, body }: UploadRequest) => ({
  name: headers["x-file-name"],
  purpose: headers["x-file-purpose"],
  body: body instanceof Readable ? body : Readable.from([]),
});
