import { type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSharedDatabase } from "../../../testing/servers/shared-database.ts";
import type { User } from "./principal.ts";
import { inQueue, type Queue, queueOf } from "./queue.ts";
import { maySee, queuesOf, type Seen, seesQueue, visibleTo, waitsFor } from "./visibility.ts";

/** The rule stands as a predicate, as a condition in SQL and as a list of queues; here the three are asked the same. */
let database: Awaited<ReturnType<typeof openSharedDatabase>>;

beforeAll(async () => {
  database = await openSharedDatabase();
});
afterAll(() => database.close());

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const [ours, theirs] = [id(1), id(2)];
const users = [id(11), id(12)];
const groups = [id(21), id(22)];
const customers = [id(31), id(32)];

const user: fc.Arbitrary<User> = fc.record({
  kind: fc.constant("user" as const),
  organisationId: fc.constantFrom(ours, theirs),
  userId: fc.constantFrom(...users),
  sessionId: fc.constant(id(41)),
  name: fc.constant("Mei"),
  role: fc.constantFrom("agent", "admin"),
  identities: fc.constant({}),
  queues: fc.subarray([ours, ...groups]),
  language: fc.constant("en" as const),
  secondFactorMissing: fc.constant(false),
});

const queue: fc.Arbitrary<Queue> = fc.oneof(
  fc.constant({ kind: "everybody" as const }),
  fc.constantFrom(...groups).map((groupId) => ({ kind: "group" as const, groupId })),
  fc.constantFrom(...users).map((userId) => ({ kind: "test" as const, userId })),
);

const conversation = fc
  .record({
    queue,
    status: fc.constantFrom("waiting" as const, "claimed" as const, "closed" as const),
    servedBy: fc.constantFrom(...users),
    customerId: fc.constantFrom(...customers),
  })
  .map(({ queue, status, servedBy, customerId }) => ({
    ...inQueue(ours, queue),
    status,
    customerId,
    claimedBy: status === "waiting" ? null : servedBy,
  }));

type Conversation = Seen & { customerId: string };

/** Asks the database for which of these conversations a condition on the alias `c` holds. */
async function holding(chats: readonly Conversation[], condition: SQL): Promise<boolean[]> {
  const rows = chats.map((chat, place) => ({ ...chat, place }));
  return database.services.storage.inOrganisation(ours, async (transaction) => {
    const { rows: found } = await transaction.execute<{ place: number }>(sql`
      SELECT place FROM (
        SELECT place, "organisationId" AS organisation_id, "queueId" AS queue_id, "isTest" AS is_test, status,
          "claimedBy" AS claimed_by, "customerId" AS customer_id
        FROM json_to_recordset(${JSON.stringify(rows)}::json) AS row(place integer, "organisationId" uuid,
          "queueId" uuid, "isTest" boolean, status text, "claimedBy" uuid, "customerId" uuid)
      ) c WHERE ${condition}`);
    const places = new Set(found.map(({ place }) => place));
    return chats.map((_chat, place) => places.has(place));
  });
}

test("E2, H2: predicate, SQL condition and queues agree on who sees a conversation", async () => {
  await fc.assert(
    fc.asyncProperty(
      user,
      fc.array(conversation, { minLength: 1, maxLength: 30 }),
      fc.subarray(customers),
      async (asker, chats, served) => {
        const subjects = chats.map((chat) => ({
          ...chat,
          servedNow: served.includes(chat.customerId) ? [asker.userId] : [],
        }));
        expect(await holding(chats, visibleTo(asker, "c", served))).toEqual(
          subjects.map((subject) => maySee(asker, subject)),
        );
        const waitsHere = (chat: Conversation) =>
          chat.status === "waiting" &&
          chat.organisationId === asker.organisationId &&
          queuesOf(asker).includes(chat.queueId);
        expect(await holding(chats, waitsFor(asker, "c"))).toEqual(chats.map(waitsHere));
        for (const chat of chats.filter(waitsHere)) expect(seesQueue(asker, chat)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test("E2: a queue is read back from the columns that it was written into", () => {
  fc.assert(
    fc.property(queue, (one) => {
      expect(queueOf(inQueue(ours, one))).toEqual(one);
    }),
  );
});

const mei: User = {
  kind: "user",
  organisationId: ours,
  userId: users[0] ?? "",
  sessionId: id(41),
  name: "Mei",
  role: "agent",
  identities: {},
  queues: [ours, groups[0] ?? ""],
  language: "en",
  secondFactorMissing: false,
};
const admin: User = { ...mei, role: "admin", queues: [ours] };
const waiting = (queue: Queue): Seen => ({ ...inQueue(ours, queue), status: "waiting", claimedBy: null });
const group = (groupId = ""): Queue => ({ kind: "group", groupId });

test.each<[string, User, Seen, boolean]>([
  ["an agent sees what waits for everybody", mei, waiting({ kind: "everybody" }), true],
  ["an agent sees what waits for a group of theirs", mei, waiting(group(groups[0])), true],
  [
    "an agent whose groups are kept apart does not see what waits for everybody",
    { ...mei, queues: [groups[0] ?? ""] },
    waiting({ kind: "everybody" }),
    false,
  ],
  ["an agent does not see what waits for another group", mei, waiting(group(groups[1])), false],
  ["an agent sees their own test", mei, waiting({ kind: "test", userId: mei.userId }), true],
  ["an admin sees what waits for a group", admin, waiting(group(groups[1])), true],
  ["an admin does not see another's test", admin, waiting({ kind: "test", userId: users[1] ?? "" }), false],
  [
    "a member does not see a chat of the group that a colleague serves",
    mei,
    { ...waiting(group(groups[0])), status: "claimed", claimedBy: users[1] ?? "" },
    false,
  ],
  [
    "an agent sees the chat of another group that they serve",
    mei,
    { ...waiting(group(groups[1])), status: "claimed", claimedBy: mei.userId },
    true,
  ],
])("E2, H2: %s", (_title, asker, subject, expected) => {
  expect(maySee(asker, subject)).toBe(expected);
});
