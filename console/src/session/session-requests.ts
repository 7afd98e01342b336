import { RequestFailed } from "@grata/client/failures";
import type { OwnSettings, SetUpBody, SignedInUser, SignInBody } from "@grata/contract/http";
import * as session from "@grata/contract/routes/session";
import { checkSetUp, setUp as setUpRoute } from "@grata/contract/routes/set-up";
import type { SignInAnswer } from "@grata/contract/second-factor";
import { call } from "./http.ts";

/** Who is signed in in this browser; null when nobody is. */
export async function readSession(): Promise<SignedInUser | null> {
  try {
    return await call(session.readSession);
  } catch (error) {
    if (isSignInRequired(error)) {
      return null;
    }
    throw error;
  }
}

/** Signs in, or learns which second step is owed; the server sets the cookie of either. */
export function signIn(body: SignInBody): Promise<SignInAnswer> {
  return call(session.signIn, { body });
}

/** Ends the session in this browser; resolves as well when it had ended before. */
export async function signOut(): Promise<void> {
  try {
    await call(session.signOut);
  } catch (error) {
    if (!isSignInRequired(error)) {
      throw error;
    }
  }
}

/** Keeps what the signed-in user chose for themselves. */
export function changeOwnSettings(body: OwnSettings): Promise<SignedInUser> {
  return call(session.changeOwnSettings, { body });
}

/** Resolves when the set-up link with this token still works. */
export function checkSetUpToken(token: string): Promise<void> {
  return call(checkSetUp, { body: { token } });
}

/** Creates the organisation and its first admin, and signs them in. */
export function setUp(body: SetUpBody): Promise<SignedInUser> {
  return call(setUpRoute, { body });
}

function isSignInRequired(error: unknown): boolean {
  return error instanceof RequestFailed && error.failure.code === "sign_in_required";
}
