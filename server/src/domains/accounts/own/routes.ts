import * as links from "@grata/contract/routes/links";
import * as own from "@grata/contract/routes/own-account";
import { networkOf } from "../../../foundation/http/address.ts";
import { askerOf, browserOf, principalOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../../foundation/http/routes.ts";
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

  handle(app, links.checkInvitation, async (request) => {
    await limits.signIn(networkOf(addressOf(request.raw)));
    return checkLink(storage, "invitation", request.body.token);
  });

  handle(app, links.acceptInvitation, async (request, reply) => {
    await limits.signIn(networkOf(addressOf(request.raw)));
    const input = { ...request.body, within: request.hostOwner, browser: browserOf(request, services) };
    return door.letIn(request, reply, await acceptInvitation(storage, principalOf(request), input));
  });

  handle(app, links.requestRecovery, async (request) => {
    await limits.signIn(networkOf(addressOf(request.raw)));
    await limits.recovery(request.body.email);
    await requestRecovery(storage, principalOf(request), request.body.email);
    mail.wake();
  });

  handle(app, links.checkRecovery, async (request) => {
    await limits.signIn(networkOf(addressOf(request.raw)));
    return checkLink(storage, "recovery", request.body.token);
  });

  handle(app, links.recoverPassword, async (request) => {
    await limits.signIn(networkOf(addressOf(request.raw)));
    const input = { ...request.body, address: addressOf(request.raw) };
    door.tellEnded(await recoverPassword(storage, principalOf(request), input));
  });

  handle(app, own.changePassword, async (request) => {
    await limits.signIn(networkOf(addressOf(request.raw)));
    door.tellEnded(await changePassword(storage, askerOf(request, services), request.body));
  });

  handle(app, own.noteActivity, async (request) => ({
    endsAt: await noteActivity(storage, askerOf(request, services)),
  }));

  handle(app, own.listOwnSessions, async (request) => ({
    sessions: await listOwnSessions(storage, askerOf(request, services)),
  }));

  handle(app, own.endOwnSession, async (request) => {
    door.tellEnded(await endOwnSession(storage, askerOf(request, services), request.params.sessionId));
  });

  handle(app, own.endOtherSessions, async (request) => {
    door.tellEnded(await endOtherSessions(storage, askerOf(request, services)));
  });
}
