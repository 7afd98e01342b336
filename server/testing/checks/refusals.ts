import { RequestFailed } from "@grata/client/failures";
import type { ErrorCode, Failure, ToldFailure } from "@grata/contract/errors";
import type { Language } from "@grata/contract/languages";
import { expect } from "vitest";
import { Refusal } from "../../src/foundation/refusal/refusal.ts";
import { sentenceOf } from "../../src/foundation/refusal/sentences.ts";

/** The code of the Refusal that an action threw; fails when it threw something else, or nothing. */
export async function refusalOf(action: Promise<unknown>): Promise<ErrorCode> {
  try {
    await action;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  throw new Error("It was not refused.");
}

/** A failure with a code of the list; throws when the server said another. */
export function knownFailure(failure: Failure): ToldFailure {
  if (failure.code === "other") throw new Error("The server told a code that is not on the list.");
  return { ...failure, code: failure.code };
}

/** The failure that a client was answered with; fails when the request succeeded or got no answer. */
export async function failureOf(request: Promise<unknown>): Promise<ToldFailure> {
  try {
    await request;
  } catch (error) {
    if (error instanceof RequestFailed) return knownFailure(error.failure);
    throw error;
  }
  throw new Error("It did not fail.");
}

/** Checks that a request was answered with this code and with the sentence that belongs to it in this language. */
export async function expectFailure(
  request: Promise<unknown>,
  code: ErrorCode,
  language: Language = "en",
): Promise<void> {
  expect(await failureOf(request)).toMatchObject({ code, message: sentenceOf(code, language) });
}
