import * as routes from "@grata/contract/routes/absent-chats";
import { askerOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../../foundation/http/routes.ts";
import type { Publishing } from "../changes.ts";
import type { CapabilitiesOf } from "../seen-as.ts";
import { takeOver } from "../take-over.ts";
import { listAbsentChats } from "./list.ts";
import { putBackByAdmin } from "./put-back.ts";

type Services = Context & Publishing & { channels: { capabilitiesOf: CapabilitiesOf } };

/** The chats of agents who are gone, for admins. */
export async function absentChatRoutes(app: TypedApp, services: Services) {
  const { storage, publish, channels } = services;
  handle(app, routes.listAbsentChats, (request) =>
    listAbsentChats(storage, askerOf(request, services), request.query),
  );
  handle(app, routes.putBackChats, async (request) => {
    const { released, changes } = await putBackByAdmin(storage, askerOf(request, services), request.body);
    publish(changes);
    return { released };
  });
  handle(app, routes.takeOverChat, async (request) => {
    publish(await takeOver(storage, askerOf(request, services), request.body, channels.capabilitiesOf));
  });
}
