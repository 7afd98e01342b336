import * as routes from "@grata/contract/routes/second-factor";
import type { FastifyReply, FastifyRequest } from "fastify";
import { askerOf, browserOf, principalOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../../foundation/http/routes.ts";
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
  const tokenOf = (request: FastifyRequest) => readStepToken(request.headers.cookie, entrances);
  const letIn = async (request: FastifyRequest, reply: FastifyReply, entered: Entered) => {
    clearStepCookie(reply);
    return door.letIn(request, reply, entered);
  };

  handle(app, routes.signInByCode, async (request, reply) => {
    const input = {
      ...request.body,
      pendingToken: tokenOf(request),
      browser: browserOf(request, services),
    };
    const entered = await limitSignIn(services, request, () =>
      signInByCode(storage, secrets, principalOf(request), input),
    );
    return letIn(request, reply, entered);
  });

  handle(app, routes.askForPasskey, async (request) => {
    const asking = askingOf(request, request.body.purpose);
    const options = await limitSignIn(services, request, () =>
      askForPasskey(storage, principalOf(request), asking),
    );
    return { options: { ...options } };
  });

  handle(app, routes.signInByPasskey, async (request, reply) => {
    const { purpose, answer } = request.body;
    const asking = { ...askingOf(request, purpose), answer, browser: browserOf(request, services) };
    const entered = await limitSignIn(services, request, () =>
      signInByPasskey(storage, principalOf(request), asking),
    );
    return letIn(request, reply, entered);
  });

  function askingOf(request: FastifyRequest, purpose: "second_step" | "alone") {
    const place = passkeyPlace(entrances, request.headers.origin);
    return { pendingToken: tokenOf(request), alone: purpose === "alone", place };
  }
}

/** What users set up for their own second step. */
export async function ownFactorRoutes(app: TypedApp, services: Context) {
  const { storage, secrets, entrances, mail } = services;
  const asker = (request: FastifyRequest) => askerOf(request, services);
  const placeOf = (request: FastifyRequest) => passkeyPlace(entrances, request.headers.origin);
  /** Whatever is changed here is counted as a sign-in, and told to the owner. */
  const change = async <T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> => {
    const result = await limitSignIn(services, request, work);
    mail.wake();
    return result;
  };

  handle(app, routes.readOwnFactors, (request) => readOwnFactors(storage, asker(request)));
  handle(app, routes.beginAuthenticator, (request) =>
    change(request, () => beginAuthenticator(storage, secrets, asker(request), request.body.current)),
  );
  handle(app, routes.confirmAuthenticator, (request) =>
    change(request, () => confirmAuthenticator(storage, secrets, asker(request), request.body.code)),
  );
  handle(app, routes.removeAuthenticator, (request) =>
    change(request, () => removeAuthenticator(storage, asker(request), request.body.current)),
  );
  handle(app, routes.renewRecoveryCodes, (request) =>
    change(request, () => renewRecoveryCodes(storage, asker(request), request.body.current)),
  );
  handle(app, routes.beginPasskey, async (request) => {
    const options = await change(request, () =>
      beginPasskey(storage, asker(request), request.body.current, placeOf(request)),
    );
    return { options: { ...options } };
  });
  handle(app, routes.registerPasskey, (request) =>
    change(request, () => registerPasskey(storage, asker(request), request.body, placeOf(request))),
  );
  handle(app, routes.removePasskey, (request) =>
    change(request, () =>
      removePasskey(storage, asker(request), request.params.passkeyId, request.body.current),
    ),
  );
}
