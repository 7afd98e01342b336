import { RequestFailed } from "@grata/client/failures";
import type { LinkState } from "@grata/contract/account";
import type { ErrorCode } from "@grata/contract/errors";

/** Why a link does not work. */
export type DeadState = Exclude<LinkState["state"], "valid">;

/** The error whose sentence tells it, for either kind of link. */
export const deadSentences = {
  invitation: {
    expired: "invitation_expired",
    used: "invitation_used",
    revoked: "invitation_revoked",
    unknown: "invitation_invalid",
  },
  recovery: {
    expired: "recovery_expired",
    used: "recovery_used",
    revoked: "recovery_revoked",
    unknown: "recovery_invalid",
  },
} as const satisfies Record<string, Record<DeadState, ErrorCode>>;

export type DeadPurpose = keyof typeof deadSentences;

/**
 * Why a link does not work, from the answer to a check or from the refusal of what was sent with it: it may have died
 * between the two. Null when it is not about the link.
 */
export function deadStateOf(
  purpose: DeadPurpose,
  answer: LinkState | undefined,
  error: unknown,
): DeadState | null {
  if (error instanceof RequestFailed) {
    const { code } = error.failure;
    const states = Object.entries(deadSentences[purpose]) as [DeadState, ErrorCode][];
    return states.find(([, known]) => known === code)?.[0] ?? null;
  }
  return answer === undefined || answer.state === "valid" ? null : answer.state;
}
