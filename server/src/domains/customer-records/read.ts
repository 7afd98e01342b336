import type { CustomerDetails } from "@grata/contract/customers";
import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { channels } from "../../foundation/schema/channels.ts";
import {
  customerFieldValues,
  customerMerges,
  customerNotes,
  customers,
  customerTags,
  customFields,
  tags,
} from "../../foundation/schema/customers.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { isIdentified } from "../customers/identities.ts";
import { findPerson, type Person } from "../customers/person.ts";
import { presentDetails } from "./present.ts";

/** Everything that the team knows of a customer. Throws `customer_unknown`. */
export function readCustomer(storage: Storage, asker: Asker, customerId: string): Promise<CustomerDetails> {
  const user = requireUser(asker, "customers.search");
  return storage.inOrganisation(user.organisationId, async (transaction) =>
    readDetails(transaction, await findPerson(transaction, user, "customer.read", customerId)),
  );
}

/** The same for a transaction that has asked whether it may. */
export async function readDetails(transaction: Transaction, person: Person): Promise<CustomerDetails> {
  const { organisationId, id } = person.survivor;
  const ids = person.members.map((member) => member.id);
  const ofTags = transaction
    .select({ id: tags.id, name: tags.name })
    .from(customerTags)
    .innerJoin(
      tags,
      and(eq(tags.organisationId, customerTags.organisationId), eq(tags.id, customerTags.tagId)),
    )
    .where(and(eq(customerTags.organisationId, organisationId), eq(customerTags.customerId, id)))
    .orderBy(asc(tags.key));
  const ofFields = transaction
    .select({ field: customFields, value: customerFieldValues.value })
    .from(customFields)
    .leftJoin(
      customerFieldValues,
      and(
        eq(customerFieldValues.organisationId, customFields.organisationId),
        eq(customerFieldValues.fieldId, customFields.id),
        eq(customerFieldValues.customerId, id),
      ),
    )
    .where(eq(customFields.organisationId, organisationId))
    .orderBy(asc(customFields.createdAt), asc(customFields.id));
  const ofNotes = transaction
    .select()
    .from(customerNotes)
    .where(and(eq(customerNotes.organisationId, organisationId), inArray(customerNotes.customerId, ids)))
    .orderBy(desc(customerNotes.createdAt), desc(customerNotes.id));
  const ofChannels = transaction
    .select({ customerId: customers.id, kind: channels.kind, name: channels.name, identified: isIdentified })
    .from(customers)
    .innerJoin(
      channels,
      and(eq(channels.organisationId, customers.organisationId), eq(channels.id, customers.channelId)),
    )
    .where(and(eq(customers.organisationId, organisationId), inArray(customers.id, ids)));
  const known = await ofChannels;
  return presentDetails(person, {
    identified: known.some(({ customerId, identified }) => customerId === id && identified),
    tags: await ofTags,
    fields: await ofFields,
    notes: await ofNotes,
    channels: known,
    merges: await readMerges(transaction, organisationId, ids),
  });
}

function readMerges(transaction: Transaction, organisationId: string, ids: string[]) {
  return transaction
    .select()
    .from(customerMerges)
    .where(
      and(
        eq(customerMerges.organisationId, organisationId),
        inArray(customerMerges.mergedId, ids),
        isNull(customerMerges.undoneAt),
      ),
    )
    .orderBy(asc(customerMerges.at));
}
