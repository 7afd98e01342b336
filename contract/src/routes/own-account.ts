/** One's own password and sessions. */
import { changePasswordBody, ownSessions, sessionActivity, sessionParameters } from "../account.ts";
import { route } from "./route.ts";

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
