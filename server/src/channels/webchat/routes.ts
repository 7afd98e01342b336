import { identityBody, newVisitor, newVisitorBody, visitorParameters } from "@grata/contract/http";
import { networkOf } from "../../foundation/http/address.ts";
import { principalOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import { createVisitor } from "./visitors/create-visitor.ts";
import { identifyVisitor } from "./visitors/identify-visitor.ts";

/** What a chat window asks before it has a socket. */
export async function webchatRoutes(app: TypedApp, services: Context) {
  const { storage, secrets, limits, entrances, addressOf } = services;
  app.post(
    "/api/webchat/:channelId/visitors",
    {
      config: { permission: "visitor.create" },
      schema: { params: visitorParameters, body: newVisitorBody, response: { 200: newVisitor } },
    },
    async (request) => {
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
    },
  );

  app.post(
    "/api/webchat/:channelId/identity",
    {
      config: { permission: "visitor.identify" },
      schema: { params: visitorParameters, body: identityBody, response: { 200: newVisitor } },
    },
    async (request) => {
      await limits.newVisitor(networkOf(addressOf(request.raw)));
      return identifyVisitor(
        storage,
        secrets,
        principalOf(request),
        { channelId: request.params.channelId, ...request.body },
        entrances.includes,
      );
    },
  );
}
