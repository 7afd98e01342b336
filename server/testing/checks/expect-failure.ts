import type { ErrorCode } from "@grata/contract/errors";
import { expect } from "vitest";
import { sentenceOf } from "../../src/foundation/refusal/sentences.ts";
import { failureIn, type HttpAnswer } from "./http.ts";

/** Stands in what is sent, and may stand in nothing that is answered. */
export const marker = "MARK-7f3a";

/** Checks that an answer is a failure of this status, with one of these codes and its sentence, and nothing else. */
export function expectHttpFailure(answer: HttpAnswer, status: number, codes: ErrorCode[], about = ""): void {
  const failure = failureIn(answer);
  expect(codes, about).toContain(failure.code);
  expect(answer.status, about).toBe(status);
  expect(failure.message).toBe(sentenceOf(failure.code, "en"));
  expect(answer.text).not.toContain(marker);
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
}
