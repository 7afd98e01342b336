import { readFile, uploadFile } from "@grata/contract/routes/files";
import { principalOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../../foundation/http/routes.ts";
import type { Files } from "../../media/upload.ts";
import { findDownload } from "./download.ts";
import { requireUploader } from "./may-upload.ts";
import { sendDownload } from "./send-download.ts";
import { createTakeUpload, registerUploads } from "./take-upload.ts";

/**
 * Files of the team: up before the message that carries them, down for whoever sees that message. The session's cookie
 * says who asks: nothing that opens a file is in an address.
 */
export async function fileRoutes(app: TypedApp, services: Context & { files: Files }) {
  const { storage, files } = services;
  const takeUpload = createTakeUpload(services);

  handle(app, readFile, async (request, reply) =>
    sendDownload(
      request,
      reply,
      await findDownload(storage, files.store, principalOf(request), request.params),
    ),
  );

  registerUploads(app, (uploads) =>
    handle(
      uploads,
      uploadFile,
      async (request) => {
        const { conversationId } = request.params;
        const uploader = await requireUploader(storage, principalOf(request), conversationId);
        return takeUpload(request, uploader, request.params);
      },
      { largeBody: true },
    ),
  );
}
