/** Signing in and out, who is signed in, and what they set for themselves: what a console asks first. */
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
