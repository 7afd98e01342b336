import * as routes from "@grata/contract/routes/web-chat";
import { networkOf } from "../../foundation/http/address.ts";
import { principalOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { createVisitor } from "./visitors/create-visitor.ts";
import { identifyVisitor } from "./visitors/identify-visitor.ts";

/** What a chat window asks before it has a socket. */
export async function webchatRoutes(app: TypedApp, services: Context) {
  const { storage, secrets, limits, entrances, addressOf } = services;
  handle(app, routes.createVisitor, async (request) => {
    await limits.newVisitor(networkOf(addressOf(request.raw)));
    return createVisitor(
      storage,
      principalOf(request),
      {
        channelId: request.params.channelId,
        language: request.body.language,
        embedder: request.body.embedder,
      },
      entrances.includes,
    );
  });

  handle(app, routes.identifyVisitor, async (request) => {
    await limits.newVisitor(networkOf(addressOf(request.raw)));
    return identifyVisitor(
      storage,
      secrets,
      principalOf(request),
      { channelId: request.params.channelId, ...request.body },
      entrances.includes,
    );
  });
}
