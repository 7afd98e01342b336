import type { Language } from "@grata/contract/languages";
import { v7 as newId } from "uuid";
import { hashPassword, refuseGuessable } from "../../domains/accounts/password.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { channels } from "../../foundation/schema/channels.ts";
import { listVersions } from "../../foundation/schema/conversations.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import { violatedConstraint } from "../../foundation/storage/database-errors.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";

export type NewOrganisation = {
  organisation: string;
  name: string;
  email: string;
  password: string;
  /** Of the admin, and of invitations until somebody chooses another one. */
  language: Language;
  /** Default: UTC. */
  timeZone?: string | undefined;
};

export type Founder = { organisationId: string; userId: string; channelId: string };

/**
 * Makes an organisation with its first admin and the web chat that /try shows, all or nothing. `andThen` runs in the
 * same transaction. Refuses a guessable password and an address that belongs to somebody (`email_taken`).
 */
export async function createOrganisation<T>(
  storage: Storage,
  input: NewOrganisation,
  andThen: (transaction: Transaction, founder: Founder) => Promise<T>,
): Promise<T> {
  refuseGuessable(input.password, { email: input.email, names: [input.organisation, input.name] });
  const passwordHash = await hashPassword(input.password);
  const founder = { organisationId: newId(), userId: newId(), channelId: newId() };
  const { organisationId } = founder;
  try {
    return await storage.inOrganisation(organisationId, async (transaction) => {
      await transaction.insert(organisations).values({
        organisationId,
        name: input.organisation,
        timeZone: input.timeZone,
        defaultLanguage: input.language,
      });
      await transaction.insert(users).values({
        organisationId,
        id: founder.userId,
        name: input.name,
        email: input.email,
        role: "admin",
        language: input.language,
        passwordHash,
      });
      await transaction
        .insert(channels)
        .values({ organisationId, id: founder.channelId, kind: "webchat", name: input.organisation });
      await transaction.insert(listVersions).values({ organisationId, list: "waiting", version: 1, size: 0 });
      return await andThen(transaction, founder);
    });
  } catch (error) {
    if (violatedConstraint(error) === "users_email") {
      throw new Refusal("email_taken", { fields: { email: "email_taken" } });
    }
    throw error;
  }
}
