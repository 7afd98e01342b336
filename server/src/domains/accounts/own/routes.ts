import {
  changePasswordBody,
  linkBody,
  linkState,
  ownSessions,
  passwordByLinkBody,
  recoveryBody,
  sessionActivity,
  sessionParameters,
} from "@grata/contract/account";
import { empty, signedInUser } from "@grata/contract/http";
import { requireAccess } from "../../../foundation/access/require-access.ts";
import { networkOf } from "../../../foundation/http/address.ts";
import { askerOf, browserOf, principalOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { identify } from "../../../foundation/http/identify.ts";
import type { TypedApp } from "../../../foundation/http/routes.ts";
import { acceptInvitation } from "../accept-invitation.ts";
import { changePassword } from "../change-password.ts";
import { createDoor } from "../http/door.ts";
import { checkLink } from "../links.ts";
import { endOtherSessions, endOwnSession, listOwnSessions, noteActivity } from "../own-sessions.ts";
import { recoverPassword, requestRecovery } from "../recovery.ts";

/** The ways to a password: an invitation, a recovery link, the current one; and one's own sessions. */
export async function ownAccountRoutes(app: TypedApp, services: Context) {
  const { storage, limits, addressOf, mail } = services;
  const door = createDoor(services);
  const invited = { config: { permission: "invitation.accept" }, preHandler: identify(services) } as const;
  const recovering = { config: { permission: "recovery.use" }, preHandler: identify(services) } as const;
  const changing = { config: { permission: "password.change" }, preHandler: identify(services) } as const;
  const sessions = { config: { permission: "sessions.manage" }, preHandler: identify(services) } as const;

  app.post(
    "/api/invitation/check",
    { ...invited, schema: { body: linkBody, response: { 200: linkState } } },
    async (request) => {
      requireAccess(principalOf(request), "invitation.accept", null);
      await limits.signIn(networkOf(addressOf(request.raw)));
      return checkLink(storage, "invitation", request.body.token);
    },
  );

  app.post(
    "/api/invitation",
    { ...invited, schema: { body: passwordByLinkBody, response: { 200: signedInUser } } },
    async (request, reply) => {
      await limits.signIn(networkOf(addressOf(request.raw)));
      const input = { ...request.body, within: request.hostOwner, browser: browserOf(request, services) };
      return door.letIn(request, reply, await acceptInvitation(storage, principalOf(request), input));
    },
  );

  app.post(
    "/api/recovery",
    { ...recovering, schema: { body: recoveryBody, response: { 200: empty } } },
    async (request) => {
      await limits.signIn(networkOf(addressOf(request.raw)));
      await limits.recovery(request.body.email);
      await requestRecovery(storage, principalOf(request), request.body.email);
      mail.wake();
      return {};
    },
  );

  app.post(
    "/api/recovery/check",
    { ...recovering, schema: { body: linkBody, response: { 200: linkState } } },
    async (request) => {
      requireAccess(principalOf(request), "recovery.use", null);
      await limits.signIn(networkOf(addressOf(request.raw)));
      return checkLink(storage, "recovery", request.body.token);
    },
  );

  app.post(
    "/api/recovery/password",
    { ...recovering, schema: { body: passwordByLinkBody, response: { 200: empty } } },
    async (request) => {
      await limits.signIn(networkOf(addressOf(request.raw)));
      const input = { ...request.body, address: addressOf(request.raw) };
      door.tellEnded(await recoverPassword(storage, principalOf(request), input));
      return {};
    },
  );

  app.post(
    "/api/session/password",
    { ...changing, schema: { body: changePasswordBody, response: { 200: empty } } },
    async (request) => {
      await limits.signIn(networkOf(addressOf(request.raw)));
      door.tellEnded(await changePassword(storage, askerOf(request, services), request.body));
      return {};
    },
  );

  app.post(
    "/api/session/activity",
    { ...sessions, schema: { response: { 200: sessionActivity } } },
    async (request) => ({ endsAt: await noteActivity(storage, askerOf(request, services)) }),
  );

  app.get("/api/sessions", { ...sessions, schema: { response: { 200: ownSessions } } }, async (request) => ({
    sessions: await listOwnSessions(storage, askerOf(request, services)),
  }));

  app.delete(
    "/api/sessions/:sessionId",
    { ...sessions, schema: { params: sessionParameters, response: { 200: empty } } },
    async (request) => {
      door.tellEnded(await endOwnSession(storage, askerOf(request, services), request.params.sessionId));
      return {};
    },
  );

  app.post(
    "/api/sessions/end-others",
    { ...sessions, schema: { response: { 200: empty } } },
    async (request) => {
      door.tellEnded(await endOtherSessions(storage, askerOf(request, services)));
      return {};
    },
  );
}
