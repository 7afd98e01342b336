import { empty, setUpBody, setUpCheckBody, signedInUser } from "@grata/contract/http";
import { findSession } from "../../domains/accounts/session.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { networkOf } from "../../foundation/http/address.ts";
import { browserOf, principalOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import { setSessionCookie } from "../../foundation/http/session-cookie.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { setUp } from "./set-up.ts";
import { checkSetUpToken } from "./set-up-link.ts";

/** The first run. */
export async function setUpRoutes(app: TypedApp, services: Context) {
  const { storage, limits, entrances, addressOf } = services;
  app.post(
    "/api/set-up/check",
    {
      config: { permission: "organisation.setUp" },
      schema: { body: setUpCheckBody, response: { 200: empty } },
    },
    async (request) => {
      requireAccess(principalOf(request), "organisation.setUp", null);
      await checkSetUpToken(storage, request.body.token);
      return {};
    },
  );

  app.post(
    "/api/set-up",
    {
      config: { permission: "organisation.setUp" },
      schema: { body: setUpBody, response: { 200: signedInUser } },
    },
    async (request, reply) => {
      await limits.signIn(networkOf(addressOf(request.raw)));
      const input = { ...request.body, browser: browserOf(request, services) };
      const token = await setUp(storage, principalOf(request), input);
      const signedIn = await findSession(storage, token);
      if (!signedIn) throw new Refusal("sign_in_required");
      setSessionCookie(request, reply, entrances, token);
      return signedIn.profile;
    },
  );
}
