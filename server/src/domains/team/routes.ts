import * as routes from "@grata/contract/routes/team";
import type { ManyInvitationsReport, TeamUser } from "@grata/contract/team";
import type { FastifyRequest } from "fastify";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { presentFailure } from "../../foundation/refusal/failure.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { createDoor } from "../accounts/http/door.ts";
import type { Publishing } from "../conversations/changes.ts";
import { linkAddress } from "../mails/link-address.ts";
import { changeUser } from "./change.ts";
import { type Done, disableUser, enableUser, endSessionsOfUser, unlockUser } from "./disable.ts";
import { cancelInvitation, copyInvitationLink, invite, resendInvitation } from "./invite.ts";
import { inviteMany } from "./invite-many.ts";
import { listUsers } from "./list.ts";
import { readUser } from "./read.ts";
import { resetSecondFactor } from "./reset-second-factor.ts";

/** My Team > Users, for admins. */
export async function teamRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, mail, publish } = services;
  const door = createDoor(services);
  const asker = (request: FastifyRequest) => askerOf(request, services);
  const tell = ({ profile, ended, changes }: Done) => {
    door.tellEnded(ended);
    publish(changes);
    return profile;
  };

  handle(app, routes.listUsers, (request) => listUsers(storage, asker(request), request.query));
  handle(app, routes.readUser, (request) => readUser(storage, asker(request), request.params.userId));
  handle(app, routes.changeUser, (request) =>
    changeUser(storage, asker(request), request.params.userId, request.body),
  );
  handle(app, routes.disableUser, async (request) =>
    tell(await disableUser(storage, asker(request), request.params.userId)),
  );
  handle(app, routes.enableUser, (request) => enableUser(storage, asker(request), request.params.userId));
  handle(app, routes.unlockUser, (request) => unlockUser(storage, asker(request), request.params.userId));
  handle(app, routes.endSessionsOfUser, async (request) =>
    tell(await endSessionsOfUser(storage, asker(request), request.params.userId)),
  );
  handle(app, routes.resetSecondFactor, async (request) => {
    const profile = tell(await resetSecondFactor(storage, asker(request), request.params.userId));
    mail.wake();
    return profile;
  });
}

/** The invitations of the same page. */
export async function invitationRoutes(app: TypedApp, services: Context) {
  const { storage, entrances, mail, limits } = services;
  const asker = (request: FastifyRequest) => askerOf(request, services);

  handle(app, routes.invite, async (request) => {
    const profile = await invite(storage, asker(request), request.body, limits);
    mail.wake();
    return profile;
  });
  handle(app, routes.inviteMany, async (request) => {
    const outcomes = await inviteMany(storage, asker(request), request.body.lines, limits);
    mail.wake();
    return { lines: outcomes.map((outcome) => presentOutcome(outcome, request)) };
  });
  handle(app, routes.resendInvitation, async (request) => {
    const profile = await resendInvitation(storage, asker(request), request.params.userId, limits);
    mail.wake();
    return profile;
  });
  handle(app, routes.cancelInvitation, (request) =>
    cancelInvitation(storage, asker(request), request.params.userId),
  );
  handle(app, routes.copyInvitationLink, async (request) => {
    const made = await copyInvitationLink(storage, asker(request), request.params.userId);
    const link = linkAddress("invitation", entrances.main(), made.secret);
    return { link, expiresAt: made.expiresAt.getTime() };
  });
}

function presentOutcome(
  outcome: TeamUser | Refusal,
  request: FastifyRequest,
): ManyInvitationsReport["lines"][number] {
  if (!(outcome instanceof Refusal)) return { outcome: "invited", user: outcome };
  const language = request.signedIn?.principal.language ?? request.readerLanguage;
  const { code, message, fields = {} } = presentFailure(outcome, language);
  return { outcome: "refused", code, message, fields };
}
