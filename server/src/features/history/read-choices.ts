import { tagsLimit } from "@grata/contract/customers";
import type { HistoryChoices } from "@grata/contract/history";
import { and, asc, eq } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { channels } from "../../foundation/schema/channels.ts";
import { tags } from "../../foundation/schema/customers.ts";
import type { Storage } from "../../foundation/storage/storage.ts";

const mostUsers = 5_000;
const mostChannels = 500;

/** What history can be narrowed down to: names that the whole team knows. */
export function readHistoryChoices(storage: Storage, asker: Asker): Promise<HistoryChoices> {
  const { organisationId } = requireUser(asker, "history.read");
  return storage.inOrganisation(organisationId, async (transaction) => ({
    users: await transaction
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(eq(users.organisationId, organisationId))
      .orderBy(asc(users.name), asc(users.id))
      .limit(mostUsers),
    channels: await transaction
      .select({ id: channels.id, name: channels.name })
      .from(channels)
      .where(and(eq(channels.organisationId, organisationId), eq(channels.forTests, false)))
      .orderBy(asc(channels.name), asc(channels.id))
      .limit(mostChannels),
    tags: await transaction
      .select({ id: tags.id, name: tags.name })
      .from(tags)
      .where(eq(tags.organisationId, organisationId))
      .orderBy(asc(tags.key))
      .limit(tagsLimit),
  }));
}
