import type { TriedRouting, TryRouting } from "@grata/contract/routing";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { isStaffed } from "../accounts/connected-sessions.ts";
import { readCustomerFacts } from "./facts.ts";
import { findRule } from "./match.ts";
import { readWorld } from "./world.ts";

/** Tells which of these rules, saved or not, wins for a customer who is described or a real one, and why. */
export function tryRouting(storage: Storage, asker: Asker, body: TryRouting): Promise<TriedRouting> {
  const { organisationId } = requireUser(asker, "routing.manage");
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { groups } = await readWorld(transaction, organisationId);
    const customer = await factsOf(transaction, organisationId, body.customerId);
    const { rule, steps } = findRule(
      body.rules,
      {
        channelId: body.channelId ?? customer.channelId,
        language: body.language ?? customer.language,
        page: body.page ?? null,
        menu: body.menu ?? null,
        scene: body.scene ?? null,
        text: body.text ?? "",
        tags: body.tags ?? customer.tags,
        fields: { ...customer.fields, ...body.fields },
        open: body.open ?? (await isStaffed(transaction, organisationId)),
      },
      (groupId) => groups.has(groupId),
    );
    return { ruleId: rule?.id ?? null, groupId: rule?.groupId ?? null, steps };
  });
}

async function factsOf(transaction: Transaction, organisationId: string, customerId: string | undefined) {
  if (customerId === undefined) return { channelId: null, language: null, tags: [], fields: {} };
  const facts = await readCustomerFacts(transaction, organisationId, customerId);
  if (facts === undefined) throw new Refusal("customer_unknown");
  return facts;
}
