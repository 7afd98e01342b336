import type { SetUpBody } from "@grata/contract/http";
import { beginSession } from "../../domains/accounts/session.ts";
import type { Browser, Principal } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { createOrganisation } from "./create-organisation.ts";
import { checkSetUpToken, useSetUpToken } from "./set-up-link.ts";

/**
 * The first run: makes the organisation and its admin, and signs the admin in. Returns the new session's token. Works
 * once, with a printed token, and never after an organisation exists (`set_up_done`, `set_up_link_invalid`).
 */
export async function setUp(
  storage: Storage,
  principal: Principal,
  input: SetUpBody & { browser: Browser },
): Promise<string> {
  requireAccess(principal, "organisation.setUp", null);
  await checkSetUpToken(storage, input.token);
  const organisation = createOrganisation(storage, input, async (transaction, founder) => {
    await useSetUpToken(transaction);
    return beginSession(transaction, founder, input.browser);
  });
  return organisation.catch((error: unknown) => {
    // Nobody has an address before the first organisation: somebody was faster, perhaps this very form sent twice.
    throw error instanceof Refusal && error.code === "email_taken" ? new Refusal("set_up_done") : error;
  });
}
