import { empty, ownSettingsBody, signedInUser, signInBody } from "@grata/contract/http";
import type { User } from "../access/principal.ts";
import { requireAccess } from "../access/require-access.ts";
import { networkOf } from "../http/address.ts";
import type { Services } from "../http/context.ts";
import { identify, principalOf } from "../http/identify.ts";
import type { TypedApp } from "../http/routes.ts";
import { clearSessionCookie, setSessionCookie } from "../http/session-cookie.ts";
import { Refusal } from "../refusal.ts";
import { changeOwnSettings } from "./change-own-settings.ts";
import { findSession } from "./session.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

/** Sign-in, who am I, what I change about myself, sign-out. */
export async function accountRoutes(app: TypedApp, services: Services) {
  const { storage, limits, entrances, addressOf, endSession } = services;

  app.post(
    "/api/session",
    {
      config: { permission: "session.create" },
      preHandler: identify(services),
      schema: { body: signInBody, response: { 200: signedInUser } },
    },
    async (request, reply) => {
      await limits.signIn(networkOf(addressOf(request.raw)));
      const userAgent = request.headers["user-agent"] ?? "";
      const token = await signIn(storage, principalOf(request), { ...request.body, userAgent });
      // The browser forgets the session that it had: it must not live on (ASVS 7.2.4).
      if (request.signedIn) await end(request.signedIn.principal);
      setSessionCookie(request, reply, entrances, token);
      return profileOf(token);
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
      const { user, organisation } = request.signedIn.profile;
      return { user: { ...user, ...request.body }, organisation };
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
      await end(request.signedIn.principal);
      clearSessionCookie(reply);
      return {};
    },
  );

  async function end(principal: User): Promise<void> {
    await signOut(storage, principal);
    endSession(principal.sessionId, "signed_out");
  }

  async function profileOf(token: string) {
    const signedIn = await findSession(storage, token);
    if (!signedIn) throw new Refusal("sign_in_required");
    return signedIn.profile;
  }
}
