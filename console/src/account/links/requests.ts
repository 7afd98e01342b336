import type { LinkState, PasswordByLink } from "@grata/contract/account";
import type { SignedInUser } from "@grata/contract/http";
import * as routes from "@grata/contract/routes/links";
import { call } from "../../session/http.ts";

/** What an invitation link is worth now. */
export function checkInvitation(token: string): Promise<LinkState> {
  return call(routes.checkInvitation, { body: { token } });
}

/** Sets the password of somebody invited, and signs them in. */
export function acceptInvitation(body: PasswordByLink): Promise<SignedInUser> {
  return call(routes.acceptInvitation, { body });
}

/** Asks for a recovery link. The answer is the same for every address. */
export function requestRecovery(email: string): Promise<void> {
  return call(routes.requestRecovery, { body: { email } });
}

/** What a recovery link is worth now. */
export function checkRecovery(token: string): Promise<LinkState> {
  return call(routes.checkRecovery, { body: { token } });
}

/** Sets a new password, unlocks the account and ends its sessions. */
export function recoverPassword(body: PasswordByLink): Promise<void> {
  return call(routes.recoverPassword, { body });
}
