import * as routes from "@grata/contract/routes/operation";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { listMails, retryMail } from "./outbox.ts";

/** The outbox, for admins. */
export async function mailRoutes(app: TypedApp, services: Context) {
  const { storage, entrances, mail } = services;

  handle(app, routes.listMails, async (request) => ({
    ...(await listMails(storage, askerOf(request, services), request.query, entrances.main())),
    sending: mail.sending,
  }));
  handle(app, routes.retryMail, async (request) => {
    const { mailId } = request.params;
    const retried = await retryMail(storage, askerOf(request, services), mailId, entrances.main());
    mail.wake();
    return retried;
  });
}
