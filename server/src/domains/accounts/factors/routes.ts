import { empty, signedInUser } from "@grata/contract/http";
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
} from "@grata/contract/second-factor";
import type { FastifyReply, FastifyRequest } from "fastify";
import { requireAccess } from "../../../foundation/access/require-access.ts";
import { askerOf, browserOf, principalOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { identify } from "../../../foundation/http/identify.ts";
import type { TypedApp } from "../../../foundation/http/routes.ts";
import { clearStepCookie, readStepToken } from "../../../foundation/http/session-cookie.ts";
import { limitSignIn } from "../../../foundation/http/sign-in-limits.ts";
import type { Entered } from "../enter.ts";
import { createDoor } from "../http/door.ts";
import { beginAuthenticator, confirmAuthenticator, removeAuthenticator } from "./authenticator.ts";
import { readOwnFactors, renewRecoveryCodes } from "./own.ts";
import { passkeyPlace } from "./passkey-place.ts";
import { beginPasskey, registerPasskey } from "./register-passkey.ts";
import { removePasskey } from "./remove-passkey.ts";
import { signInByCode } from "./second-step.ts";
import { askForPasskey, signInByPasskey } from "./sign-in-by-passkey.ts";

/** The second step of a sign-in, and the sign-in by a passkey alone. */
export async function secondStepRoutes(app: TypedApp, services: Context) {
  const { storage, secrets, entrances } = services;
  const door = createDoor(services);
  const anybody = { config: { permission: "session.secondStep" }, preHandler: identify(services) } as const;
  const tokenOf = (request: FastifyRequest) => readStepToken(request.headers.cookie, entrances);
  const letIn = async (request: FastifyRequest, reply: FastifyReply, entered: Entered) => {
    clearStepCookie(reply);
    return door.letIn(request, reply, entered);
  };

  app.post(
    "/api/session/code",
    { ...anybody, schema: { body: codeBody, response: { 200: signedInUser } } },
    async (request, reply) => {
      const input = {
        ...request.body,
        pendingToken: tokenOf(request),
        browser: browserOf(request, services),
      };
      const entered = await limitSignIn(services, request, () =>
        signInByCode(storage, secrets, principalOf(request), input),
      );
      return letIn(request, reply, entered);
    },
  );

  app.post(
    "/api/session/passkey/options",
    { ...anybody, schema: { body: passkeyOptionsBody, response: { 200: passkeyQuestion } } },
    async (request) => {
      requireAccess(principalOf(request), "session.secondStep", null);
      const asking = askingOf(request, request.body.purpose);
      const options = await limitSignIn(services, request, () =>
        askForPasskey(storage, principalOf(request), asking),
      );
      return { options: { ...options } };
    },
  );

  app.post(
    "/api/session/passkey",
    { ...anybody, schema: { body: passkeySignInBody, response: { 200: signedInUser } } },
    async (request, reply) => {
      const { purpose, answer } = request.body;
      const asking = { ...askingOf(request, purpose), answer, browser: browserOf(request, services) };
      const entered = await limitSignIn(services, request, () =>
        signInByPasskey(storage, principalOf(request), asking),
      );
      return letIn(request, reply, entered);
    },
  );

  function askingOf(request: FastifyRequest, purpose: "second_step" | "alone") {
    const place = passkeyPlace(entrances, request.headers.origin);
    return { pendingToken: tokenOf(request), alone: purpose === "alone", place };
  }
}

/** What users set up for their own second step. */
export async function ownFactorRoutes(app: TypedApp, services: Context) {
  const { storage, secrets, entrances, mail } = services;
  const path = "/api/second-factor";
  const own = { config: { permission: "factors.manage" }, preHandler: identify(services) } as const;
  const asker = (request: FastifyRequest) => askerOf(request, services);
  const placeOf = (request: FastifyRequest) => passkeyPlace(entrances, request.headers.origin);
  /** Whatever is changed here is counted as a sign-in, and told to the owner. */
  const change = async <T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> => {
    requireAccess(principalOf(request), "factors.manage", null);
    const result = await limitSignIn(services, request, work);
    mail.wake();
    return result;
  };

  app.get(path, { ...own, schema: { response: { 200: ownFactors } } }, (request) =>
    readOwnFactors(storage, asker(request)),
  );
  app.post(
    `${path}/authenticator`,
    { ...own, schema: { body: passwordBody, response: { 200: newAuthenticator } } },
    (request) =>
      change(request, () => beginAuthenticator(storage, secrets, asker(request), request.body.current)),
  );
  app.post(
    `${path}/authenticator/confirm`,
    { ...own, schema: { body: confirmBody, response: { 200: factorAdded } } },
    (request) =>
      change(request, () => confirmAuthenticator(storage, secrets, asker(request), request.body.code)),
  );
  app.post(
    `${path}/authenticator/remove`,
    { ...own, schema: { body: passwordBody, response: { 200: empty } } },
    async (request) => {
      await change(request, () => removeAuthenticator(storage, asker(request), request.body.current));
      return {};
    },
  );
  app.post(
    `${path}/recovery-codes`,
    { ...own, schema: { body: passwordBody, response: { 200: newRecoveryCodes } } },
    (request) => change(request, () => renewRecoveryCodes(storage, asker(request), request.body.current)),
  );
  app.post(
    `${path}/passkeys/options`,
    { ...own, schema: { body: passwordBody, response: { 200: passkeyQuestion } } },
    async (request) => {
      const options = await change(request, () =>
        beginPasskey(storage, asker(request), request.body.current, placeOf(request)),
      );
      return { options: { ...options } };
    },
  );
  app.post(
    `${path}/passkeys`,
    { ...own, schema: { body: newPasskeyBody, response: { 200: factorAdded } } },
    (request) =>
      change(request, () => registerPasskey(storage, asker(request), request.body, placeOf(request))),
  );
  app.post(
    `${path}/passkeys/:passkeyId/remove`,
    { ...own, schema: { params: passkeyParameters, body: passwordBody, response: { 200: empty } } },
    async (request) => {
      const { passkeyId } = request.params;
      await change(request, () => removePasskey(storage, asker(request), passkeyId, request.body.current));
      return {};
    },
  );
}
