import { type LinkState, linkState, type PasswordByLink } from "@grata/contract/account";
import { type SignedInUser, signedInUser } from "@grata/contract/http";
import { ask, tell } from "../../session/http.ts";

/** What an invitation link is worth now. */
export function checkInvitation(token: string): Promise<LinkState> {
  return ask({ method: "POST", path: "/api/invitation/check", body: { token } }, linkState);
}

/** Sets the password of somebody invited, and signs them in. */
export function acceptInvitation(body: PasswordByLink): Promise<SignedInUser> {
  return ask({ method: "POST", path: "/api/invitation", body }, signedInUser);
}

/** Asks for a recovery link. The answer is the same for every address. */
export function requestRecovery(email: string): Promise<void> {
  return tell({ method: "POST", path: "/api/recovery", body: { email } });
}

/** What a recovery link is worth now. */
export function checkRecovery(token: string): Promise<LinkState> {
  return ask({ method: "POST", path: "/api/recovery/check", body: { token } }, linkState);
}

/** Sets a new password, unlocks the account and ends its sessions. */
export function recoverPassword(body: PasswordByLink): Promise<void> {
  return tell({ method: "POST", path: "/api/recovery/password", body });
}
