import type { MailKind } from "@grata/contract/mails";

/**
 * Returns the address that a mail's button leads to, below the first public address. The secret stands behind the #,
 * which browsers send to no server.
 */
export function linkAddress(kind: Exclude<MailKind, "answer">, entrance: string, secret: string): string {
  switch (kind) {
    case "invitation":
      return `${entrance}/invitation#${secret}`;
    case "recovery":
      return `${entrance}/recover/password#${secret}`;
    case "locked":
      return `${entrance}/recover`;
    case "authenticator_added":
    case "authenticator_removed":
    case "passkey_added":
    case "passkey_removed":
      return `${entrance}/console/second-factor`;
    case "factor_reset":
      return `${entrance}/sign-in`;
  }
}
