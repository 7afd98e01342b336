import { teamFileParameters, teamPartParameters, uploadedFile, uploadHeaders } from "@grata/contract/files";
import { principalOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { identify } from "../../../foundation/http/identify.ts";
import type { TypedApp } from "../../../foundation/http/routes.ts";
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

  app.get(
    "/api/conversations/:conversationId/files/:fileId/:part",
    {
      config: { permission: "conversation.read" },
      preHandler: identify(services),
      schema: { params: teamPartParameters },
    },
    async (request, reply) =>
      sendDownload(
        request,
        reply,
        await findDownload(storage, files.store, principalOf(request), request.params),
      ),
  );

  registerUploads(app, (uploads) =>
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
    ),
  );
}
