import { RequestFailed } from "@grata/client/failures";
import {
  type OwnSettings,
  type SetUpBody,
  type SignedInUser,
  type SignInBody,
  signedInUser,
} from "@grata/contract/http";
import { type SignInAnswer, signInAnswer } from "@grata/contract/second-factor";
import { ask, tell } from "./http.ts";

/** Who is signed in in this browser; null when nobody is. */
export async function readSession(): Promise<SignedInUser | null> {
  try {
    return await ask({ method: "GET", path: "/api/session" }, signedInUser);
  } catch (error) {
    if (isSignInRequired(error)) {
      return null;
    }
    throw error;
  }
}

/** Signs in, or learns which second step is owed; the server sets the cookie of either. */
export function signIn(body: SignInBody): Promise<SignInAnswer> {
  return ask({ method: "POST", path: "/api/session", body }, signInAnswer);
}

/** Ends the session in this browser; resolves as well when it had ended before. */
export async function signOut(): Promise<void> {
  try {
    await tell({ method: "DELETE", path: "/api/session" });
  } catch (error) {
    if (!isSignInRequired(error)) {
      throw error;
    }
  }
}

/** Keeps what the signed-in user chose for themselves. */
export function changeOwnSettings(body: OwnSettings): Promise<SignedInUser> {
  return ask({ method: "PATCH", path: "/api/session", body }, signedInUser);
}

/** Resolves when the set-up link with this token still works. */
export function checkSetUpToken(token: string): Promise<void> {
  return tell({ method: "POST", path: "/api/set-up/check", body: { token } });
}

/** Creates the organisation and its first admin, and signs them in. */
export function setUp(body: SetUpBody): Promise<SignedInUser> {
  return ask({ method: "POST", path: "/api/set-up", body }, signedInUser);
}

function isSignInRequired(error: unknown): boolean {
  return error instanceof RequestFailed && error.failure.code === "sign_in_required";
}
