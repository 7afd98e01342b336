import * as routes from "@grata/contract/routes/session";
import { browserOf, principalOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { clearSessionCookie, setStepCookie } from "../../foundation/http/session-cookie.ts";
import { limitSignIn } from "../../foundation/http/sign-in-limits.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { findOrganisationBySlug } from "../organisations/sign-in-page/find-look.ts";
import { changeOwnSettings } from "./change-own-settings.ts";
import { createDoor } from "./http/door.ts";
import { signIn } from "./sign-in.ts";

/** Sign-in, who am I, what I change about myself, sign-out. */
export async function accountRoutes(app: TypedApp, services: Context) {
  const { storage } = services;
  const door = createDoor(services);

  handle(app, routes.signIn, async (request, reply) => {
    const { email, password, slug } = request.body;
    const entered = await limitSignIn(services, request, async () => {
      const within =
        request.hostOwner ?? (slug === undefined ? null : await findOrganisationBySlug(storage, slug));
      const input = { email, password, within, browser: browserOf(request, services) };
      return signIn(storage, principalOf(request), input);
    });
    if ("token" in entered) return door.letIn(request, reply, entered);
    setStepCookie(request, reply, services.entrances, entered.pendingToken);
    return { secondSteps: entered.steps };
  });

  handle(app, routes.readSession, async (request) => {
    if (!request.signedIn) throw new Refusal("sign_in_required");
    return request.signedIn.profile;
  });

  handle(app, routes.changeOwnSettings, async (request) => {
    await changeOwnSettings(storage, principalOf(request), request.body);
    if (!request.signedIn) throw new Refusal("sign_in_required");
    const { profile } = request.signedIn;
    return { ...profile, user: { ...profile.user, ...request.body } };
  });

  handle(app, routes.signOut, async (request, reply) => {
    if (!request.signedIn) throw new Refusal("sign_in_required");
    await door.signOut(request.signedIn.principal);
    clearSessionCookie(reply);
  });
}
