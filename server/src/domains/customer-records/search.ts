import type { FoundCustomer } from "@grata/contract/customers";
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Asker, User } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { holds } from "../../foundation/access/roles.ts";
import { visibleTo } from "../../foundation/access/visibility.ts";
import { channels } from "../../foundation/schema/channels.ts";
import { customers } from "../../foundation/schema/customers.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { isIdentified } from "../customers/identities.ts";
import { presentFound } from "./present.ts";

const foundLimit = 10;

/** Customers by a part of a name, an address or a number, or by their reference: those whom the asker may see. */
export function searchCustomers(
  storage: Storage,
  asker: Asker,
  { search }: { search: string },
): Promise<FoundCustomer[]> {
  const user = requireUser(asker, "customers.search");
  const wanted = search.trim().toLowerCase();
  // PostgreSQL has no word for it, so no customer has it in their name.
  if (wanted === "" || wanted.includes("\0") || !wanted.isWellFormed()) return Promise.resolve([]);
  return storage.inOrganisation(user.organisationId, async (transaction) => {
    const rows = await transaction
      .select({ customer: customers, channel: channels, identified: isIdentified })
      .from(customers)
      .innerJoin(
        channels,
        and(eq(channels.organisationId, customers.organisationId), eq(channels.id, customers.channelId)),
      )
      .where(
        and(
          eq(customers.organisationId, user.organisationId),
          isNull(customers.mergedInto),
          isNull(customers.erasureBeganAt),
          isNull(customers.testerId),
          ofPerson(matches(wanted)),
          knownTo(user),
        ),
      )
      .orderBy(desc(customers.id))
      .limit(foundLimit);
    return rows.map(({ customer, channel, identified }) => presentFound(customer, channel, identified));
  });
}

/** Whether one of those who were found to be this person is such a `member`. */
function ofPerson(condition: SQL): SQL {
  return sql`EXISTS (
    SELECT FROM customers member
    WHERE member.organisation_id = ${customers.organisationId}
      AND (member.id = ${customers.id} OR member.merged_into = ${customers.id}) AND ${condition})`;
}

function matches(wanted: string): SQL {
  const parts = ["name", "team_name", "email", "team_email", "phone"].map(
    (column) => sql`position(${wanted} IN lower(${sql.identifier("member")}.${sql.identifier(column)})) > 0`,
  );
  return sql`(${sql.join(parts, sql` OR `)} OR right(member.id::text, 4) = ${wanted})`;
}

/** The rule `customer.read` as a condition; a test holds the two against each other. */
function knownTo(user: User): SQL | undefined {
  if (holds(user, "customers.readAll")) return undefined;
  return ofPerson(sql`EXISTS (
    SELECT FROM conversations c
    WHERE (c.organisation_id, c.customer_id) = (member.organisation_id, member.id) AND ${visibleTo(user, "c")})`);
}
