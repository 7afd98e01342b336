import type { ErrorCode } from "@grata/contract/errors";
import { Refusal } from "../refusal.ts";

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
