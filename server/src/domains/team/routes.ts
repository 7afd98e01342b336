import { empty } from "@grata/contract/http";
import {
  invitationLink,
  type ManyInvitationsReport,
  manyInvitations,
  manyInvitationsReport,
  newInvitation,
  type TeamUser,
  userChanges,
  userParameters,
  userProfile,
  usersPage,
  usersQuery,
} from "@grata/contract/team";
import type { FastifyRequest } from "fastify";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { identify } from "../../foundation/http/identify.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
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

const path = "/api/team/users/:userId";

/** My Team > Users, for admins. */
export async function teamRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, entrances, mail, publish, limits } = services;
  const door = createDoor(services);
  const admins = { config: { permission: "team.manage" }, preHandler: identify(services) } as const;
  const ofUser = { ...admins, schema: { params: userParameters, response: { 200: userProfile } } } as const;
  const asker = (request: FastifyRequest) => askerOf(request, services);
  const tell = ({ profile, ended, changes }: Done) => {
    door.tellEnded(ended);
    publish(changes);
    return profile;
  };

  app.get(
    "/api/team/users",
    { ...admins, schema: { querystring: usersQuery, response: { 200: usersPage } } },
    (request) => listUsers(storage, asker(request), request.query),
  );
  app.get(path, ofUser, (request) => readUser(storage, asker(request), request.params.userId));
  app.patch(path, { ...ofUser, schema: { ...ofUser.schema, body: userChanges } }, (request) =>
    changeUser(storage, asker(request), request.params.userId, request.body),
  );
  app.post(`${path}/disable`, ofUser, async (request) =>
    tell(await disableUser(storage, asker(request), request.params.userId)),
  );
  app.post(`${path}/enable`, ofUser, (request) => enableUser(storage, asker(request), request.params.userId));
  app.post(`${path}/unlock`, ofUser, (request) => unlockUser(storage, asker(request), request.params.userId));
  app.post(`${path}/end-sessions`, ofUser, async (request) =>
    tell(await endSessionsOfUser(storage, asker(request), request.params.userId)),
  );

  app.post(`${path}/reset-second-factor`, ofUser, async (request) => {
    const profile = tell(await resetSecondFactor(storage, asker(request), request.params.userId));
    mail.wake();
    return profile;
  });

  app.post(
    "/api/team/invitations",
    { ...admins, schema: { body: newInvitation, response: { 200: userProfile } } },
    async (request) => {
      const profile = await invite(storage, asker(request), request.body, limits);
      mail.wake();
      return profile;
    },
  );
  app.post(
    "/api/team/invitations/many",
    { ...admins, schema: { body: manyInvitations, response: { 200: manyInvitationsReport } } },
    async (request) => {
      const outcomes = await inviteMany(storage, asker(request), request.body.lines, limits);
      mail.wake();
      return { lines: outcomes.map((outcome) => presentOutcome(outcome, request)) };
    },
  );
  app.post(`${path}/invitation`, ofUser, async (request) => {
    const profile = await resendInvitation(storage, asker(request), request.params.userId, limits);
    mail.wake();
    return profile;
  });
  app.delete(
    `${path}/invitation`,
    { ...admins, schema: { params: userParameters, response: { 200: empty } } },
    async (request) => {
      await cancelInvitation(storage, asker(request), request.params.userId);
      return {};
    },
  );
  app.post(
    `${path}/invitation/link`,
    { ...admins, schema: { params: userParameters, response: { 200: invitationLink } } },
    async (request) => {
      const made = await copyInvitationLink(storage, asker(request), request.params.userId);
      const link = linkAddress("invitation", entrances.main(), made.secret);
      return { link, expiresAt: made.expiresAt.getTime() };
    },
  );
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
