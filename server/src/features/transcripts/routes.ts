import { readTranscript } from "@grata/contract/routes/files";
import { principalOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { downloadTranscript } from "./download.ts";
import { sendAttachment } from "./send-attachment.ts";

/** What was said in a conversation, as a file, for whoever of the team may read it. */
export async function transcriptRoutes(app: TypedApp, services: Context) {
  handle(
    app,
    readTranscript,
    async (request, reply) => {
      const profile = request.signedIn?.profile;
      const { format, language, timeZone } = request.query;
      const wanted = {
        ...request.params,
        format,
        language: language ?? profile?.user.language ?? request.readerLanguage,
        timeZone: timeZone ?? profile?.user.timeZone ?? profile?.organisation.timeZone ?? "UTC",
      };
      const { storage, limits } = services;
      if (profile) await limits.takeOut(profile.user.id);
      return sendAttachment(reply, await downloadTranscript(storage, principalOf(request), wanted));
    },
    // Nothing is read for a look at the headers.
    { exposeHeadRoute: false },
  );
}
