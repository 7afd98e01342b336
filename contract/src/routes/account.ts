/** Signing in, one's own account and sessions. */
import {
  changePasswordBody,
  linkBody,
  linkState,
  ownSessions,
  passwordByLinkBody,
  recoveryBody,
  sessionActivity,
  sessionParameters,
} from "../account.ts";
import { ownSettingsBody, signedInUser, signInBody } from "../http.ts";
import { signInAnswer } from "../second-factor.ts";
import { route } from "./route.ts";

export const signIn = route("POST", "/api/session", {
  summary: "Signs in by a password, or says which second step is owed",
  permission: "session.create",
  body: signInBody,
  answer: signInAnswer,
  refusals: ["credentials_wrong", "route_unknown", "too_many_attempts", "sign_in_required"],
});
export const readSession = route("GET", "/api/session", {
  summary: "Says who is signed in",
  permission: "session.read",
  answer: signedInUser,
});
export const changeOwnSettings = route("PATCH", "/api/session", {
  summary: "Changes what the signed-in user may set about themselves; what is left out stays",
  permission: "session.change",
  body: ownSettingsBody,
  answer: signedInUser,
});
export const signOut = route("DELETE", "/api/session", {
  summary: "Signs out",
  permission: "session.end",
});
export const changePassword = route("POST", "/api/session/password", {
  summary: "Changes one's own password; the user's other sessions end",
  permission: "password.change",
  body: changePasswordBody,
  refusals: ["current_password_wrong", "password_common", "too_many_attempts"],
});
export const noteActivity = route("POST", "/api/session/activity", {
  summary: "Says that the user has done something, and is told when the session ends unless they do more",
  permission: "sessions.manage",
  answer: sessionActivity,
});

export const listOwnSessions = route("GET", "/api/sessions", {
  summary: "Lists the browsers in which the user is signed in",
  permission: "sessions.manage",
  answer: ownSessions,
});
export const endOwnSession = route("DELETE", "/api/sessions/:sessionId", {
  summary: "Ends one of the user's sessions",
  permission: "sessions.manage",
  params: sessionParameters,
  refusals: ["session_unknown"],
});
export const endOtherSessions = route("POST", "/api/sessions/end-others", {
  summary: "Ends all of the user's sessions but the one that asks",
  permission: "sessions.manage",
});

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
