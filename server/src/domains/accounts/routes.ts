import { empty, ownSettingsBody, signedInUser, signInBody } from "@grata/contract/http";
import { signInAnswer } from "@grata/contract/second-factor";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { browserOf, principalOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { identify } from "../../foundation/http/identify.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
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

  app.post(
    "/api/session",
    {
      config: { permission: "session.create" },
      preHandler: identify(services),
      schema: { body: signInBody, response: { 200: signInAnswer } },
    },
    async (request, reply) => {
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
    },
  );

  app.get(
    "/api/session",
    {
      config: { permission: "session.read" },
      preHandler: identify(services),
      schema: { response: { 200: signedInUser } },
    },
    async (request) => {
      requireAccess(principalOf(request), "session.read", null);
      if (!request.signedIn) throw new Refusal("sign_in_required");
      return request.signedIn.profile;
    },
  );

  app.patch(
    "/api/session",
    {
      config: { permission: "session.change" },
      preHandler: identify(services),
      schema: { body: ownSettingsBody, response: { 200: signedInUser } },
    },
    async (request) => {
      await changeOwnSettings(storage, principalOf(request), request.body);
      if (!request.signedIn) throw new Refusal("sign_in_required");
      const { profile } = request.signedIn;
      return { ...profile, user: { ...profile.user, ...request.body } };
    },
  );

  app.delete(
    "/api/session",
    {
      config: { permission: "session.end" },
      preHandler: identify(services),
      schema: { response: { 200: empty } },
    },
    async (request, reply) => {
      if (!request.signedIn) throw new Refusal("sign_in_required");
      await door.signOut(request.signedIn.principal);
      clearSessionCookie(reply);
      return {};
    },
  );
}
