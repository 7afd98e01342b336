import type { StartedTest } from "@grata/contract/console-test";
import type { Language } from "@grata/contract/languages";
import { and, eq, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { channels } from "../../foundation/schema/channels.ts";
import { consoleTests } from "../../foundation/schema/console-tests.ts";
import { customers } from "../../foundation/schema/customers.ts";
import { visitorTokens } from "../../foundation/schema/webchat.ts";
import { newSecret } from "../../foundation/secrets/token.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { type EndedTest, endWithin } from "./end.ts";

/** Long enough for somebody who reads each step; what is left behind then is ended for them. */
const testMinutes = 20;

/** What the customer of a test is called, in the tester's language. */
const customerNames: Record<Language, string> = {
  en: "Test customer",
  "zh-Hans": "测试客户",
  "zh-Hant": "測試客戶",
};

/**
 * Begins a test of the asker's console: makes its customer, and the token of their window. Whatever test the asker had
 * before ends; `ended` is what has to be told of it.
 */
export function startTest(
  storage: Storage,
  asker: Asker,
): Promise<{ started: StartedTest; ended: EndedTest | null }> {
  const user = requireUser(asker, "consoleTest.run");
  const { organisationId, userId, sessionId, language } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    await holdUser(transaction, user);
    const channelId = await testChannel(transaction, organisationId);
    const ended = await endWithin(transaction, user);
    const customerId = newId();
    const { secret, hash } = newSecret();
    await transaction.insert(customers).values({
      organisationId,
      id: customerId,
      channelId,
      name: customerNames[language],
      language,
      testerId: userId,
    });
    await transaction.insert(visitorTokens).values({ organisationId, tokenHash: hash, customerId });
    const [row] = await transaction
      .insert(consoleTests)
      .values({
        organisationId,
        userId,
        sessionId,
        customerId,
        endsAt: sql`now() + make_interval(mins => ${testMinutes})`,
      })
      .returning({ endsAt: consoleTests.endsAt });
    if (!row) throw new Error("An insert returned no row.");
    return { started: { channelId, token: secret, endsAt: row.endsAt.getTime() }, ended };
  });
}

/** Of two tabs that begin at once one waits, and ends what the other has begun. */
async function holdUser(
  transaction: Transaction,
  { organisationId, userId }: { organisationId: string; userId: string },
): Promise<void> {
  const [held] = await transaction
    .select({ status: users.status })
    .from(users)
    .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)))
    .for("no key update");
  if (held?.status !== "active") throw new Refusal("sign_in_required");
}

/**
 * The channel that tests run on: there is one also where an organisation has no web chat yet, and no setting of a real
 * one is in their way.
 */
async function testChannel(transaction: Transaction, organisationId: string): Promise<string> {
  const find = () =>
    transaction
      .select({ id: channels.id })
      .from(channels)
      .where(and(eq(channels.organisationId, organisationId), eq(channels.forTests, true)));
  const [known] = await find();
  if (known) return known.id;
  await transaction
    .insert(channels)
    .values({ organisationId, id: newId(), kind: "webchat", name: "Test", forTests: true })
    .onConflictDoNothing();
  const [made] = await find();
  if (!made) throw new Error("The channel for tests could not be made.");
  return made.id;
}
