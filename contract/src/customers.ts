/** Customers as the team sees and keeps them: who they are, what was noted of them, which of them are one person. */
import * as z from "zod/mini";
import { channelKind } from "./channels.ts";
import { conversationStatus } from "./conversations.ts";
import { instant } from "./entries.ts";
import { identifier } from "./identifier.ts";
import { language } from "./languages.ts";
import { fieldTextLimit, noteLimit, tagLimit } from "./limits.ts";
import { source } from "./source.ts";
import { customerName, emailAddress, fails, isText, name } from "./text.ts";

/** The most that one organisation keeps. */
export const tagsLimit = 500;
export const customFieldsLimit = 30;
/** The most that one customer has. */
export const tagsOfCustomerLimit = 20;
export const notesOfCustomerLimit = 100;
export const choicesLimit = 50;
const choiceLimit = 60;

const phoneShape = /^\+?[\d\s().\-/#]{3,40}$/;

/** A telephone number as people write it: digits, and what they are parted by. */
export const phoneNumber = z.string().check(
  z.trim(),
  z.refine(
    (value) => phoneShape.test(value) && /^\d{3,20}$/.test(value.replaceAll(/\D/g, "")),
    fails("phone_invalid"),
  ),
);

const oneLine = (value: string) => isText(value) && !/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(value);

/** A tag's name: one short line. Upper and lower case are the same tag. */
export const tagName = z.string().check(
  z.trim(),
  z.refine((value) => value !== "" && value.length <= tagLimit && oneLine(value), fails("tag_invalid")),
);

export const tag = z.object({ id: identifier, name: z.string() });
export type Tag = z.infer<typeof tag>;

/** The organisation's tags, with how many customers have each. */
export const tagList = z.object({ tags: z.array(z.object({ ...tag.def.shape, customers: z.int() })) });
export type TagList = z.infer<typeof tagList>;

export const tagParameters = z.object({ tagId: identifier });
/** Another name for a tag, or the tag that a customer is given, which is made when there is none. */
export const tagBody = z.object({ name: tagName });
/** Gives the other tag to all who have this one, and removes this one. */
export const tagMerge = z.object({ into: identifier });

export const fieldKind = z.enum(["text", "number", "date", "choice"]);
export type FieldKind = z.infer<typeof fieldKind>;

/** What may be chosen: different lines, at least one. Other kinds of fields have none. */
const choices = z.array(z.string().check(z.trim())).check(
  z.maxLength(choicesLimit, fails("choices_invalid")),
  z.refine(
    (lines) =>
      new Set(lines).size === lines.length &&
      lines.every((line) => line !== "" && line.length <= choiceLimit && oneLine(line)),
    fails("choices_invalid"),
  ),
);

export const customField = z.object({
  id: identifier,
  name: z.string(),
  kind: fieldKind,
  choices: z.array(z.string()),
});
export type CustomField = z.infer<typeof customField>;

/** In the order in which they were made. */
export const customFieldList = z.object({ fields: z.array(customField) });
export type CustomFieldList = z.infer<typeof customFieldList>;

export const fieldParameters = z.object({ fieldId: identifier });
export const newCustomField = z.object({ name, kind: fieldKind, choices });
export type NewCustomField = z.infer<typeof newCustomField>;
/** The kind stays: what is kept was checked against it. */
export const customFieldChanges = z.object({ name, choices });
export type CustomFieldChanges = z.infer<typeof customFieldChanges>;

export const customerParameters = z.object({ customerId: identifier });

const channel = z.object({ kind: channelKind, name: z.string() });

export const customerNote = z.object({
  id: identifier,
  text: z.string(),
  at: instant,
  author: z.object({ userId: identifier, name: z.string() }),
});
export type CustomerNote = z.infer<typeof customerNote>;

/** Somebody who was found to be the same person. */
export const mergedCustomer = z.object({
  mergeId: identifier,
  id: identifier,
  reference: z.string(),
  /** As the channel knows them. */
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  channel,
  at: instant,
  by: z.string(),
  /** False: a merge into somebody who has been merged further since; that one is undone first. */
  undoable: z.boolean(),
});
export type MergedCustomer = z.infer<typeof mergedCustomer>;

/** One customer, and the answer of everything that is done to them. */
export const customerDetails = z.object({
  /** Of a customer who was merged into another: the other. */
  id: identifier,
  reference: z.string(),
  channel,
  /** As the channel, the shop or the customer says it, and as the team does; null: nobody has. */
  ownName: z.nullable(z.string()),
  teamName: z.nullable(z.string()),
  ownEmail: z.nullable(z.string()),
  teamEmail: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  identified: z.boolean(),
  /** What was known of them has been erased: nothing is written down any more. */
  erased: z.boolean(),
  language: z.nullable(language),
  tags: z.array(tag),
  fields: z.array(z.object({ ...customField.def.shape, value: z.nullable(z.string()) })),
  /** Newest first. */
  notes: z.array(customerNote),
  merged: z.array(mergedCustomer),
});
export type CustomerDetails = z.infer<typeof customerDetails>;

/** A new value, and the one that stood there when it was typed: if another stands there by now, nothing is changed. */
const changeOf = <Value extends z.core.$ZodType>(value: Value) =>
  z.object({ was: z.nullable(z.string()), value: z.nullable(value) });

/** A field that is left out stays; null removes the team's value. */
export const customerChanges = z.object({
  name: z.optional(changeOf(customerName)),
  email: z.optional(changeOf(emailAddress)),
  phone: z.optional(changeOf(phoneNumber)),
});
export type CustomerChanges = z.infer<typeof customerChanges>;

export const customerFieldParameters = z.object({ customerId: identifier, fieldId: identifier });
/** A number and a date as a machine writes them. */
export const fieldValue = changeOf(
  z.string().check(z.maxLength(fieldTextLimit, fails("field_value_invalid"))),
);

/** The same id again adds nothing. */
export const newNote = z.object({
  id: identifier,
  text: z.string().check(
    z.trim(),
    z.refine((value) => value !== "" && value.length <= noteLimit && isText(value), fails("note_invalid")),
  ),
});
export const noteParameters = z.object({ customerId: identifier, noteId: identifier });

export const customerTagParameters = z.object({ customerId: identifier, tagId: identifier });

/** Those whom the asker may see, the newest first, ten at most. */
export const customersQuery = z.object({ search: z.string().check(z.maxLength(200)) });
export const foundCustomer = z.object({
  id: identifier,
  reference: z.string(),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  channel,
  identified: z.boolean(),
});
export type FoundCustomer = z.infer<typeof foundCustomer>;
export const foundCustomers = z.object({ customers: z.array(foundCustomer) });

/** The customer of the body becomes a part of the one of the address. */
export const newMerge = z.object({ mergedId: identifier });
export const mergeParameters = z.object({ customerId: identifier, mergeId: identifier });

export const conversationsPageLength = 20;

/** A chat of a customer, now or long ago. */
export const pastConversation = z.object({
  id: identifier,
  /** Which of the merged customers it is of. */
  customerId: identifier,
  status: conversationStatus,
  channel,
  openedAt: instant,
  closedAt: z.nullable(instant),
  /** Who serves or served it. */
  servedBy: z.nullable(z.string()),
  firstText: z.string(),
  /** What was said in it has been erased. */
  erased: z.boolean(),
  source,
  /** What the browser says of itself: anybody's words. */
  userAgent: z.nullable(z.string()),
});
export type PastConversation = z.infer<typeof pastConversation>;

/** Those that the asker may read, newest first. */
export const conversationsQuery = z.object({ cursor: z.optional(identifier) });
export const conversationsPage = z.object({
  conversations: z.array(pastConversation),
  next: z.nullable(identifier),
});
export type ConversationsPage = z.infer<typeof conversationsPage>;
