import { type SignedInUser, signedInUser } from "@grata/contract/http";
import {
  type CodeBody,
  type FactorAdded,
  factorAdded,
  type NewAuthenticator,
  newAuthenticator,
  newRecoveryCodes,
  type OwnFactors,
  ownFactors,
  passkeyQuestion,
} from "@grata/contract/second-factor";
import { queryOptions } from "@tanstack/react-query";
import { ask, tell } from "../../session/http.ts";
import { askPasskey, makePasskey } from "./passkeys.ts";

const own = "/api/second-factor";

/** What the user has set up. */
export const ownFactorsQuery = queryOptions({
  queryKey: ["own-factors"],
  queryFn: (): Promise<OwnFactors> => ask({ method: "GET", path: own }, ownFactors),
  staleTime: 0,
});

/** Begins to set up an app, by the current password. */
export function beginAuthenticator(current: string): Promise<NewAuthenticator> {
  return ask({ method: "POST", path: `${own}/authenticator`, body: { current } }, newAuthenticator);
}

/** Takes the app into use by a code that it shows. */
export function confirmAuthenticator(code: string): Promise<FactorAdded> {
  return ask({ method: "POST", path: `${own}/authenticator/confirm`, body: { code } }, factorAdded);
}

/** Turns the app off. */
export function removeAuthenticator(current: string): Promise<void> {
  return tell({ method: "POST", path: `${own}/authenticator/remove`, body: { current } });
}

/** Makes a passkey in this browser and registers it. */
export async function addPasskey(name: string, current: string): Promise<FactorAdded> {
  const path = `${own}/passkeys`;
  const { options } = await ask(
    { method: "POST", path: `${path}/options`, body: { current } },
    passkeyQuestion,
  );
  const answer = await makePasskey(options);
  return ask({ method: "POST", path, body: { name, answer } }, factorAdded);
}

/** Removes one. */
export function removePasskey(id: string, current: string): Promise<void> {
  return tell({ method: "POST", path: `${own}/passkeys/${id}/remove`, body: { current } });
}

/** New recovery codes in the place of those before. */
export async function renewRecoveryCodes(current: string): Promise<string[]> {
  const body = { current };
  return (await ask({ method: "POST", path: `${own}/recovery-codes`, body }, newRecoveryCodes)).recoveryCodes;
}

/** Takes the second step by a code. */
export function signInByCode(body: CodeBody): Promise<SignedInUser> {
  return ask({ method: "POST", path: "/api/session/code", body }, signedInUser);
}

/** Signs in by a passkey, after the password or instead of it. */
export async function signInByPasskey(purpose: "second_step" | "alone"): Promise<SignedInUser> {
  const path = "/api/session/passkey";
  const { options } = await ask(
    { method: "POST", path: `${path}/options`, body: { purpose } },
    passkeyQuestion,
  );
  const answer = await askPasskey(options);
  return ask({ method: "POST", path, body: { purpose, answer } }, signedInUser);
}
