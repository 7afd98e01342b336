import type { TeamUser } from "@grata/contract/team";

/** What stands in the wrench menu. */
export type UserAction = "resend" | "link" | "cancel" | "unlock" | "end" | "disable" | "enable" | "reset";

/** What can be done to a user who is in this state, the usual first. One's own sessions have a page of their own. */
export function actionsFor({ id, status }: TeamUser, me: string): readonly UserAction[] {
  switch (status) {
    case "invited":
      return ["resend", "link", "cancel"];
    case "active":
      return id === me ? [] : ["end", "disable"];
    case "locked":
      return ["unlock", "end", "disable"];
    case "disabled":
      return ["enable"];
  }
}

/** Whether an invitation was not taken while it was good. */
export function invitationExpired({ status, invitationExpiresAt }: TeamUser, now: number): boolean {
  return status === "invited" && invitationExpiresAt !== null && invitationExpiresAt <= now;
}
