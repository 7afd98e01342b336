import { mail, mailParameters, mailsPage, mailsQuery } from "@grata/contract/mails";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { identify } from "../../foundation/http/identify.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import { listMails, retryMail } from "./outbox.ts";

/** The outbox, for admins. */
export async function mailRoutes(app: TypedApp, services: Context) {
  const { storage, entrances } = services;
  const admins = { config: { permission: "mails.manage" }, preHandler: identify(services) } as const;

  app.get(
    "/api/mails",
    { ...admins, schema: { querystring: mailsQuery, response: { 200: mailsPage } } },
    async (request) => ({
      ...(await listMails(storage, askerOf(request, services), request.query, entrances.main())),
      sending: services.mail.sending,
    }),
  );
  app.post(
    "/api/mails/:mailId/retry",
    { ...admins, schema: { params: mailParameters, response: { 200: mail } } },
    async (request) => {
      const { mailId } = request.params;
      const retried = await retryMail(storage, askerOf(request, services), mailId, entrances.main());
      services.mail.wake();
      return retried;
    },
  );
}
