/** The second step of a sign-in, and what a user sets up for it. */
import { signedInUser } from "../http.ts";
import {
  codeBody,
  confirmBody,
  factorAdded,
  newAuthenticator,
  newPasskeyBody,
  newRecoveryCodes,
  ownFactors,
  passkeyOptionsBody,
  passkeyParameters,
  passkeyQuestion,
  passkeySignInBody,
  passwordBody,
} from "../second-factor.ts";
import { route } from "./route.ts";

export const signInByCode = route("POST", "/api/session/code", {
  summary: "Takes the second step by the code of an app or a recovery code",
  permission: "session.secondStep",
  body: codeBody,
  answer: signedInUser,
  refusals: ["code_wrong", "second_step_over", "too_many_attempts", "sign_in_required"],
});
export const askForPasskey = route("POST", "/api/session/passkey/options", {
  summary: "Begins a sign-in by a passkey, or a second step by one",
  permission: "session.secondStep",
  body: passkeyOptionsBody,
  answer: passkeyQuestion,
  refusals: ["passkey_place", "second_step_over", "too_many_attempts"],
});
export const signInByPasskey = route("POST", "/api/session/passkey", {
  summary: "Signs in by a passkey, after the password or instead of it",
  permission: "session.secondStep",
  body: passkeySignInBody,
  answer: signedInUser,
  refusals: ["passkey_refused", "passkey_place", "second_step_over", "too_many_attempts", "sign_in_required"],
});

export const readOwnFactors = route("GET", "/api/second-factor", {
  summary: "Says what the user has set up for their second step",
  permission: "factors.manage",
  answer: ownFactors,
});
export const beginAuthenticator = route("POST", "/api/second-factor/authenticator", {
  summary: "Begins to set up an app that shows codes; nothing changes before a right code has come",
  permission: "factors.manage",
  body: passwordBody,
  answer: newAuthenticator,
  refusals: ["current_password_wrong", "authenticator_present", "too_many_attempts"],
});
export const confirmAuthenticator = route("POST", "/api/second-factor/authenticator/confirm", {
  summary: "Takes the app into use by a code that it shows",
  permission: "factors.manage",
  body: confirmBody,
  answer: factorAdded,
  refusals: ["authenticator_absent", "authenticator_present", "code_wrong", "too_many_attempts"],
});
export const removeAuthenticator = route("POST", "/api/second-factor/authenticator/remove", {
  summary: "Turns the app off; with the last factor the recovery codes go too",
  permission: "factors.manage",
  body: passwordBody,
  refusals: ["current_password_wrong", "authenticator_absent", "too_many_attempts"],
});
export const renewRecoveryCodes = route("POST", "/api/second-factor/recovery-codes", {
  summary: "Makes new recovery codes; the ones before work no more",
  permission: "factors.manage",
  body: passwordBody,
  answer: newRecoveryCodes,
  refusals: ["current_password_wrong", "second_factor_absent", "too_many_attempts"],
});
export const beginPasskey = route("POST", "/api/second-factor/passkeys/options", {
  summary: "Begins to set up a passkey",
  permission: "factors.manage",
  body: passwordBody,
  answer: passkeyQuestion,
  refusals: ["current_password_wrong", "passkey_place", "too_many_passkeys", "too_many_attempts"],
});
export const registerPasskey = route("POST", "/api/second-factor/passkeys", {
  summary: "Keeps a new passkey",
  permission: "factors.manage",
  body: newPasskeyBody,
  answer: factorAdded,
  refusals: ["passkey_refused", "passkey_known", "passkey_place", "too_many_passkeys", "too_many_attempts"],
});
export const removePasskey = route("POST", "/api/second-factor/passkeys/:passkeyId/remove", {
  summary: "Removes a passkey; with the last factor the recovery codes go too",
  permission: "factors.manage",
  params: passkeyParameters,
  body: passwordBody,
  refusals: ["current_password_wrong", "passkey_unknown", "too_many_attempts"],
});
