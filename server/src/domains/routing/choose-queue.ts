import { and, eq } from "drizzle-orm";
import { inQueue, type Queued } from "../../foundation/access/queue.ts";
import { userGroups } from "../../foundation/schema/user-groups.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { isStaffed } from "../accounts/connected-sessions.ts";
import { readCustomerFacts } from "./facts.ts";
import { type Facts, factsNeeded, findRule } from "./match.ts";
import { readRules } from "./stored.ts";

/** A chat that is about to be opened, by what its channel says of it. */
export type NewChat = Pick<Facts, "page" | "menu" | "scene" | "text"> & {
  organisationId: string;
  channelId: string;
  customerId: string;
};

/**
 * Chooses the queue of a new chat by the rules of its organisation: that of the first rule's group, else everybody's. A
 * group that is chosen cannot be deleted before the transaction has ended, and with it the chat is stored.
 */
export async function chooseQueue(transaction: Transaction, chat: NewChat): Promise<Queued> {
  const { organisationId } = chat;
  const everybody = inQueue(organisationId, { kind: "everybody" });
  const rules = await readRules(transaction, organisationId);
  if (!rules.some(({ on }) => on)) return everybody;
  const facts = await gatherFacts(transaction, chat, factsNeeded(rules));
  const gone = new Set<string>();
  for (;;) {
    const { rule } = findRule(rules, facts, (groupId) => !gone.has(groupId));
    if (rule === null || rule.groupId === null) return everybody;
    if (await holdGroup(transaction, organisationId, rule.groupId)) {
      return inQueue(organisationId, { kind: "group", groupId: rule.groupId });
    }
    gone.add(rule.groupId);
  }
}

async function gatherFacts(
  transaction: Transaction,
  { organisationId, customerId, channelId, page, menu, scene, text }: NewChat,
  needed: ReturnType<typeof factsNeeded>,
): Promise<Facts> {
  const customer = needed.customer
    ? await readCustomerFacts(transaction, organisationId, customerId)
    : undefined;
  const { language = null, tags = [], fields = {} } = customer ?? {};
  const open = needed.hours && (await isStaffed(transaction, organisationId));
  return { channelId, page, menu, scene, text, language, tags, fields, open };
}

/** Keeps a group from being deleted until the transaction ends. False: it is gone. */
async function holdGroup(
  transaction: Transaction,
  organisationId: string,
  groupId: string,
): Promise<boolean> {
  const rows = await transaction
    .select({ id: userGroups.id })
    .from(userGroups)
    .where(and(eq(userGroups.organisationId, organisationId), eq(userGroups.id, groupId)))
    .for("key share");
  return rows.length > 0;
}
