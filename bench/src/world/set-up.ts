import { type SetUpBody, signedInUser } from "@grata/contract/http";
import { BenchFailure } from "../failure.ts";
import type { GrataServer } from "../system/grata-server.ts";

const admin = { email: "ada@example.test", password: "a wholly unguessed phrase" };

/** Makes the organisation by the set-up link, as its first admin would, and returns its id. */
export async function setUpOrganisation(server: GrataServer): Promise<string> {
  const body: SetUpBody = {
    token: await server.setUpToken(),
    organisation: "Bench",
    name: "Ada Admin",
    ...admin,
    language: "en",
  };
  const response = await fetch(`${server.url}/api/set-up`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new BenchFailure(`The set-up failed: ${await response.text()}`);
  return signedInUser.parse(await response.json()).organisation.id;
}

/** Signs its first admin in and returns the cookie. */
export async function signInAsAdmin(server: GrataServer): Promise<string> {
  const response = await fetch(`${server.url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(admin),
  });
  const [cookie] = response.headers.getSetCookie();
  if (!response.ok || cookie === undefined) throw new BenchFailure(`Signing in failed: ${response.status}`);
  return cookie.split(";")[0] ?? "";
}
