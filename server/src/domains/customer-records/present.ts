/** What the team is shown of a customer, field by field. */

import type { CustomerDetails, CustomField, FoundCustomer } from "@grata/contract/customers";
import type { customerMerges, customerNotes, customFields } from "../../foundation/schema/customers.ts";
import type { Person } from "../customers/person.ts";
import { type Customer, referenceOf, shownEmail, shownName } from "../customers/shown.ts";

type Parts = {
  /** The organisation vouches for who they are. */
  identified: boolean;
  tags: { id: string; name: string }[];
  fields: { field: typeof customFields.$inferSelect; value: string | null }[];
  notes: (typeof customerNotes.$inferSelect)[];
  channels: { customerId: string; kind: string; name: string }[];
  merges: (typeof customerMerges.$inferSelect)[];
};

export function presentDetails(person: Person, parts: Parts): CustomerDetails {
  const { survivor, members } = person;
  const channelOf = (customerId: string) => {
    const found = parts.channels.find((channel) => channel.customerId === customerId);
    if (!found) throw new Error("A customer has no channel.");
    return { kind: found.kind, name: found.name };
  };
  return {
    id: survivor.id,
    reference: referenceOf(survivor.id),
    channel: channelOf(survivor.id),
    ownName: survivor.name,
    teamName: survivor.teamName,
    ownEmail: survivor.email,
    teamEmail: survivor.teamEmail,
    phone: survivor.phone,
    identified: parts.identified,
    erased: survivor.erasureBeganAt !== null,
    language: survivor.language,
    tags: parts.tags.map(({ id, name }) => ({ id, name })),
    fields: parts.fields.map(({ field, value }) => ({ ...presentField(field), value })),
    notes: parts.notes.map(({ id, text, createdAt, userId, userName }) => ({
      id,
      text,
      at: createdAt.getTime(),
      author: { userId, name: userName },
    })),
    merged: parts.merges.flatMap((merge) => {
      const member = members.find(({ id }) => id === merge.mergedId);
      if (!member) return [];
      return [
        {
          mergeId: merge.id,
          id: member.id,
          reference: referenceOf(member.id),
          name: shownName(member, null),
          email: shownEmail(member),
          channel: channelOf(member.id),
          at: merge.at.getTime(),
          by: merge.userName,
          undoable: merge.survivorId === survivor.id,
        },
      ];
    }),
  };
}

export function presentField({ id, name, kind, choices }: typeof customFields.$inferSelect): CustomField {
  return { id, name, kind, choices };
}

export function presentFound(
  customer: Customer,
  channel: { kind: string; name: string },
  identified: boolean,
): FoundCustomer {
  return {
    id: customer.id,
    reference: referenceOf(customer.id),
    name: shownName(customer, null),
    email: shownEmail(customer),
    phone: customer.phone,
    channel: { kind: channel.kind, name: channel.name },
    identified,
  };
}
