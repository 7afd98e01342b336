import { factorAdded, newAuthenticator } from "@grata/contract/second-factor";
import { generateSync } from "otplib";
import { call, cookiesIn, type HttpAnswer } from "../checks/http.ts";
import { newPasskey } from "../outside/authenticator.ts";
import { password, type TestNode } from "../servers/test-node.ts";
import { signInWith } from "./set-up.ts";
import { sqlOn } from "./team.ts";

export type Guest = { userId: string; email: string; cookie: string };

let networks = 0;
/** From a network that nothing else comes from, for a node that trusts its proxy. */
export const from = () => ({ "x-forwarded-for": `10.1.${Math.floor(++networks / 250)}.${networks % 250}` });

/** The code of an app, so many steps from now. */
export const codeOf = (seed: string, steps = 0) =>
  generateSync({ secret: seed, epoch: Math.floor(Date.now() / 1000) + steps * 30 });

/** Something about one's own factors. */
export const ownFactor = (node: TestNode, cookie: string, path: string, body?: object) =>
  call(node, body === undefined ? "GET" : "POST", `/api/second-factor${path}`, {
    ...(body !== undefined && { body }),
    headers: { cookie, origin: localhost(node), ...from() },
  });

/** The entrance by name: passkeys do not work at a number. */
export const localhost = (node: TestNode) => node.services.entrances.main();

/** Sets up an app, confirmed by the code of the step before this one. */
export async function enrol(node: TestNode, { cookie }: Pick<Guest, "cookie">) {
  const begun = await ownFactor(node, cookie, "/authenticator", { current: password });
  const { secret: seed } = newAuthenticator.parse(JSON.parse(begun.text));
  const confirm = () => ownFactor(node, cookie, "/authenticator/confirm", { code: codeOf(seed, -1) });
  const first = await confirm();
  // Half a minute may have ended between the two clocks.
  const done = first.status === 200 ? first : await confirm();
  return { seed, recoveryCodes: factorAdded.parse(JSON.parse(done.text)).recoveryCodes ?? [] };
}

/** Registers a passkey. */
export async function addPasskey(
  node: TestNode,
  { cookie }: Pick<Guest, "cookie">,
  passkey = newPasskey(localhost(node)),
  name = "My key",
) {
  const asked = await ownFactor(node, cookie, "/passkeys/options", { current: password });
  const answer = passkey.register(JSON.parse(asked.text).options);
  return { passkey, done: await ownFactor(node, cookie, "/passkeys", { name, answer }) };
}

/** The cookie of a sign-in that owes its second step. */
export async function beginSignIn(node: TestNode, email: string): Promise<string> {
  const answer = await signInWith(node, email, password, from());
  return `grata-step=${cookiesIn(answer).get("grata-step")?.value}`;
}

export const giveCode = (
  node: TestNode,
  cookie: string,
  code: string,
  step: "authenticator" | "recovery" = "authenticator",
): Promise<HttpAnswer> =>
  call(node, "POST", "/api/session/code", { body: { step, code }, headers: { cookie, ...from() } });

type Purpose = "alone" | "second_step";

/** What the browser is to ask its passkeys. */
export async function passkeyOptions(node: TestNode, purpose: Purpose, cookie = "") {
  const headers = { cookie, origin: localhost(node), ...from() };
  const answer = await call(node, "POST", "/api/session/passkey/options", { body: { purpose }, headers });
  return JSON.parse(answer.text).options;
}

export const givePasskey = (
  node: TestNode,
  purpose: Purpose,
  answer: object,
  cookie = "",
  headers: Record<string, string> = {},
): Promise<HttpAnswer> =>
  call(node, "POST", "/api/session/passkey", {
    body: { purpose, answer },
    headers: { cookie, origin: localhost(node), ...from(), ...headers },
  });

/** Makes every code of the app good again, so that a test need not wait half a minute for the next. */
export const forgetCodes = (node: TestNode, userId: string) =>
  sqlOn(node, "UPDATE authenticators SET last_step = 0 WHERE user_id = $1", [userId]);

export const attemptsOf = async (node: TestNode, userId: string) =>
  (
    await sqlOn<{ failed: number; locked: boolean }>(
      node,
      "SELECT failed_attempts AS failed, locked_at IS NOT NULL AS locked FROM users WHERE id = $1",
      [userId],
    )
  )[0];
