import { readVisitorFile, uploadVisitorFile } from "@grata/contract/routes/files";
import { findDownload } from "../../domains/conversations/files/download.ts";
import { requireVisitor } from "../../domains/conversations/files/may-upload.ts";
import { sendDownload } from "../../domains/conversations/files/send-download.ts";
import { createTakeUpload, registerUploads } from "../../domains/conversations/files/take-upload.ts";
import type { Files } from "../../domains/media/upload.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { visitorOf } from "./visitors/visitor-token.ts";

/** Files of visitors, who send their token in the header Authorization: none is in an address. */
export async function webchatFileRoutes(app: TypedApp, services: Context & { files: Files }) {
  const { storage, files } = services;
  const takeUpload = createTakeUpload(services);

  handle(app, readVisitorFile, async (request, reply) => {
    const visitor = await visitorOf(request, request.params.channelId, services);
    const wanted = { ...request.params, conversationId: null };
    return sendDownload(request, reply, await findDownload(storage, files.store, visitor, wanted));
  });

  registerUploads(app, (uploads) =>
    handle(
      uploads,
      uploadVisitorFile,
      async (request) => {
        const { channelId, fileId } = request.params;
        const uploader = requireVisitor(await visitorOf(request, channelId, services));
        return takeUpload(request, uploader, { fileId, conversationId: null });
      },
      { largeBody: true },
    ),
  );
}
