/** The ways to a password by a link: an invitation, a recovery. */
import { linkBody, linkState, passwordByLinkBody, recoveryBody } from "../account.ts";
import { signedInUser } from "../http.ts";
import { route } from "./route.ts";

export const checkInvitation = route("POST", "/api/invitation/check", {
  summary: "Says what the link of an invitation is worth",
  permission: "invitation.accept",
  body: linkBody,
  answer: linkState,
  refusals: ["too_many_attempts"],
});
export const acceptInvitation = route("POST", "/api/invitation", {
  summary: "Sets the first password of somebody who was invited, and signs them in",
  permission: "invitation.accept",
  body: passwordByLinkBody,
  answer: signedInUser,
  refusals: [
    "invitation_invalid",
    "invitation_expired",
    "invitation_used",
    "invitation_revoked",
    "password_common",
    "too_many_attempts",
    "sign_in_required",
  ],
});

export const requestRecovery = route("POST", "/api/recovery", {
  summary: "Mails a recovery link, if the address is anybody's; the answer does not tell",
  permission: "recovery.use",
  body: recoveryBody,
  refusals: ["too_many_attempts", "too_many_requests"],
});
export const checkRecovery = route("POST", "/api/recovery/check", {
  summary: "Says what a recovery link is worth",
  permission: "recovery.use",
  body: linkBody,
  answer: linkState,
  refusals: ["too_many_attempts"],
});
export const recoverPassword = route("POST", "/api/recovery/password", {
  summary: "Sets a new password by a recovery link, unlocks the account and ends all its sessions",
  permission: "recovery.use",
  body: passwordByLinkBody,
  refusals: [
    "recovery_invalid",
    "recovery_expired",
    "recovery_used",
    "recovery_revoked",
    "password_common",
    "too_many_attempts",
  ],
});
