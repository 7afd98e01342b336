import type { SignedInUser } from "@grata/contract/http";
import * as routes from "@grata/contract/routes/second-factor";
import type { CodeBody, FactorAdded, NewAuthenticator } from "@grata/contract/second-factor";
import { queryOptions } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { askPasskey, makePasskey } from "./passkeys.ts";

/** What the user has set up. */
export const ownFactorsQuery = queryOptions({
  queryKey: ["own-factors"],
  queryFn: () => call(routes.readOwnFactors),
  staleTime: 0,
});

/** Begins to set up an app, by the current password. */
export function beginAuthenticator(current: string): Promise<NewAuthenticator> {
  return call(routes.beginAuthenticator, { body: { current } });
}

/** Takes the app into use by a code that it shows. */
export function confirmAuthenticator(code: string): Promise<FactorAdded> {
  return call(routes.confirmAuthenticator, { body: { code } });
}

/** Turns the app off. */
export function removeAuthenticator(current: string): Promise<void> {
  return call(routes.removeAuthenticator, { body: { current } });
}

/** Makes a passkey in this browser and registers it. */
export async function addPasskey(name: string, current: string): Promise<FactorAdded> {
  const { options } = await call(routes.beginPasskey, { body: { current } });
  const answer = await makePasskey(options);
  return call(routes.registerPasskey, { body: { name, answer } });
}

/** Removes one. */
export function removePasskey(passkeyId: string, current: string): Promise<void> {
  return call(routes.removePasskey, { params: { passkeyId }, body: { current } });
}

/** New recovery codes in the place of those before. */
export async function renewRecoveryCodes(current: string): Promise<string[]> {
  return (await call(routes.renewRecoveryCodes, { body: { current } })).recoveryCodes;
}

/** Takes the second step by a code. */
export function signInByCode(body: CodeBody): Promise<SignedInUser> {
  return call(routes.signInByCode, { body });
}

/** Signs in by a passkey, after the password or instead of it. */
export async function signInByPasskey(purpose: "second_step" | "alone"): Promise<SignedInUser> {
  const { options } = await call(routes.askForPasskey, { body: { purpose } });
  const answer = await askPasskey(options);
  return call(routes.signInByPasskey, { body: { purpose, answer } });
}
