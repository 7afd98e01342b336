import { isIP } from "node:net";
import { Refusal } from "../../../foundation/refusal/refusal.ts";

/** Where a passkey works: the origin that the browser names, and its host. */
export type PasskeyPlace = { origin: string; host: string };

/** The entrances of the installation, as far as passkeys ask. */
export type PasskeyEntrances = { all(): string[]; main(): string };

/**
 * The entrance that a browser came by. Only our own public addresses count, whatever its headers say; and a passkey
 * belongs to a name: by a number none can be made (`passkey_place`).
 */
export function passkeyPlace(entrances: PasskeyEntrances, origin: string | undefined): PasskeyPlace {
  const known = origin === undefined ? entrances.main() : entrances.all().find((one) => one === origin);
  const host = known === undefined ? "" : new URL(known).hostname;
  if (known === undefined || isIP(host.replace(/^\[|\]$/g, "")) !== 0) throw new Refusal("passkey_place");
  return { origin: known, host };
}
