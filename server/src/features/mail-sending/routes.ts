import * as routes from "@grata/contract/routes/operation";
import type { ChannelRegistry } from "../../channels/port.ts";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { listMails, retryMail } from "./outbox.ts";

/** The outbox, for admins. */
export async function mailRoutes(app: TypedApp, services: Context & { channels: ChannelRegistry }) {
  const { storage, entrances, mail, channels } = services;
  const ways = () => ({ entrance: entrances.main(), channels });

  handle(app, routes.listMails, async (request) => ({
    ...(await listMails(storage, askerOf(request, services), request.query, ways())),
    sending: mail.sending,
  }));
  handle(app, routes.retryMail, async (request) => {
    const { mailId } = request.params;
    const retried = await retryMail(storage, askerOf(request, services), mailId, ways());
    mail.wake();
    return retried;
  });
}
