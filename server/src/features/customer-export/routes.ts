import { exportCustomer as route } from "@grata/contract/routes/customers";
import type { Files } from "../../domains/media/upload.ts";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { sendAttachment } from "../transcripts/send-attachment.ts";
import { exportCustomer } from "./export-customer.ts";

/** Archives that one node makes for one organisation at once: each reads from the database as fast as it is taken. */
const atOnce = 2;

/** Everything that is kept of one customer, as a file, for admins. */
export async function customerExportRoutes(app: TypedApp, services: Context & { files: Files }) {
  const { storage, files, limits } = services;
  const underWay = new Map<string, number>();
  const count = (organisationId: string, more: 1 | -1) =>
    underWay.set(organisationId, (underWay.get(organisationId) ?? 0) + more);

  handle(
    app,
    route,
    async (request, reply) => {
      const profile = request.signedIn?.profile;
      const organisationId = profile?.organisation.id ?? "";
      if ((underWay.get(organisationId) ?? 0) >= atOnce) {
        throw new Refusal("too_many_requests", { retryAfter: 10 });
      }
      if (profile) await limits.takeOut(profile.user.id);
      const archive = await exportCustomer(storage, files.store, askerOf(request, services), {
        ...request.params,
        language: profile?.user.language ?? request.readerLanguage,
        timeZone: profile?.user.timeZone ?? profile?.organisation.timeZone ?? "UTC",
      });
      count(organisationId, 1);
      archive.content.once("close", () => count(organisationId, -1));
      return sendAttachment(reply, archive);
    },
    // It is noted in the audit log: not for a look at the headers.
    { exposeHeadRoute: false },
  );
}
