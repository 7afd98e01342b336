import type { NewInvitation, UserProfile } from "@grata/contract/team";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { links, users } from "../../foundation/schema/accounts.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { makeLink, mintToken, revokeLinks } from "../accounts/links.ts";
import { noteAudit } from "../audit/note.ts";
import type { InvitationLimits } from "./invitation-limits.ts";
import { inviteAll, sendInvitations } from "./invite-all.ts";
import { emailTaken } from "./invite-many.ts";
import { lockUser, readProfile, readUser } from "./read.ts";

type Admin = ReturnType<typeof requireUser>;

/**
 * Invites somebody to the team, by mail in the language that is chosen for them. Throws `email_taken` and
 * `too_many_requests`.
 */
export async function invite(
  storage: Storage,
  asker: Asker,
  input: NewInvitation,
  limits: InvitationLimits,
): Promise<UserProfile> {
  const admin = requireUser(asker, "team.manage");
  await limits.invitations(admin.organisationId, 1);
  await limits.invitation(input.email);
  return storage.inOrganisation(admin.organisationId, async (transaction) => {
    const user = (await inviteAll(transaction, admin, [input])).get(input.email);
    if (!user) throw emailTaken();
    return readProfile(transaction, admin, user.id);
  });
}

/** Sends an invitation again: the older link stops working. Throws `too_many_requests`. */
export async function resendInvitation(
  storage: Storage,
  asker: Asker,
  userId: string,
  limits: InvitationLimits,
): Promise<UserProfile> {
  const admin = requireUser(asker, "team.manage");
  await limits.invitations(admin.organisationId, 1);
  await limits.invitation((await readUser(storage, asker, userId)).user.email);
  return storage.inOrganisation(admin.organisationId, async (transaction) => {
    const user = await lockInvited(transaction, admin, userId);
    await revokeLinks(transaction, { organisationId: admin.organisationId, userId }, "invitation");
    await sendInvitations(transaction, admin, [user]);
    await noteAudit(transaction, admin.organisationId, admin, "invitation.resent", user);
    return readProfile(transaction, admin, userId);
  });
}

/** Cancels an invitation: its links say so from now on, and the address is free for another. */
export function cancelInvitation(storage: Storage, asker: Asker, userId: string): Promise<void> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const user = await lockInvited(transaction, admin, userId);
    await revokeLinks(transaction, { organisationId, userId }, "invitation");
    await transaction
      .delete(users)
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
    await noteAudit(transaction, organisationId, admin, "invitation.cancelled", user);
  });
}

/** One more secret for somebody's open invitation, for an admin to hand over; a new one when it has expired. */
export function copyInvitationLink(
  storage: Storage,
  asker: Asker,
  userId: string,
): Promise<{ secret: string; expiresAt: Date }> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const user = await lockInvited(transaction, admin, userId);
    const [open] = await transaction
      .select()
      .from(links)
      .where(
        and(
          eq(links.organisationId, organisationId),
          eq(links.userId, userId),
          eq(links.kind, "invitation"),
          isNull(links.revokedAt),
          gt(links.expiresAt, sql`now()`),
        ),
      );
    const linkId = open ? open.id : await makeLink(transaction, { organisationId, userId }, "invitation");
    const minted = await mintToken(transaction, organisationId, linkId);
    if (!minted) throw new Refusal("user_not_invited");
    await noteAudit(transaction, organisationId, admin, "invitation.link_copied", user);
    return { secret: minted.secret, expiresAt: minted.link.expiresAt };
  });
}

async function lockInvited(transaction: Transaction, admin: Admin, userId: string) {
  const user = await lockUser(transaction, admin.organisationId, userId);
  if (user.status !== "invited") throw new Refusal("user_not_invited");
  return user;
}
