import * as routes from "@grata/contract/routes/set-up";
import { findSession } from "../../domains/accounts/session.ts";
import { networkOf } from "../../foundation/http/address.ts";
import { browserOf, principalOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { setSessionCookie } from "../../foundation/http/session-cookie.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { setUp } from "./set-up.ts";
import { checkSetUpToken } from "./set-up-link.ts";

/** The first run. */
export async function setUpRoutes(app: TypedApp, services: Context) {
  const { storage, limits, entrances, addressOf } = services;
  handle(app, routes.checkSetUp, async (request) => checkSetUpToken(storage, request.body.token));

  handle(app, routes.setUp, async (request, reply) => {
    await limits.signIn(networkOf(addressOf(request.raw)));
    const input = { ...request.body, browser: browserOf(request, services) };
    const token = await setUp(storage, principalOf(request), input);
    const signedIn = await findSession(storage, token);
    if (!signedIn) throw new Refusal("sign_in_required");
    setSessionCookie(request, reply, entrances, token);
    return signedIn.profile;
  });
}
