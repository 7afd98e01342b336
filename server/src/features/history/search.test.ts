import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { historyOf } from "../../../testing/checks/history.ts";
import { customerDeeds, detailsIn, makeDesk, makeServed } from "../../../testing/scenes/customers.ts";
import { connectVisitor, newClientId, type Person } from "../../../testing/scenes/people.ts";
import { sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let desk: Awaited<ReturnType<typeof makeDesk>>;
let elsewhere: Awaited<ReturnType<typeof makeDesk>>;

beforeAll(async () => {
  node = await startTestNode();
  desk = await makeDesk(node);
  elsewhere = await makeDesk(node, "Elsewhere");
});
afterAll(async () => {
  desk.close();
  elsewhere.close();
  await node.stop();
});

const say = (person: Person, conversationId: string, text: string) =>
  person.request("message.send", { conversationId, clientId: newClientId(), text });
const serve = (name?: string) => makeServed(node, desk.channelId, desk.agent, name);
const admin = () => historyOf(node, desk.admin);

describe("F4: what was said is found", () => {
  test.each([
    ["two Chinese characters in the middle of a sentence", "您好，我想申请退款，谢谢", "退款"],
    ["one Chinese character", "请问几点开门", "几"],
    ["a longer Chinese word", "增值税专用发票可以开吗", "专用发票"],
    ["a Japanese word", "返金をお願いします", "返金"],
    ["the beginning of an English word", "When will my refunds arrive?", "refun"],
    ["words in any order and case", "Parcel 20391 is BROKEN", "broken parcel"],
    ["a number", "My order is A-773311.", "773311"],
    ["full width as half width", "ＡＢＣ１２３ 到了吗", "abc123"],
    ["an address", "Write to ann@shop.example please", "ann@shop.example"],
    ["accents as they are written", "Où est ma commande préférée ?", "préférée"],
    ["Chinese beside Latin", "我买的iPhone壳坏了", "iphone壳"],
    ["Cyrillic", "Где мой заказ?", "заказ"],
    ["a word longer than a term", "Donaudampfschifffahrtsgesellschaft", "donaudampfschifffahrtsges"],
  ])("F4: %s", async (_name, text, wanted) => {
    const { visitor, conversationId } = await serve();
    await say(visitor, conversationId, text);
    expect(await admin().found(wanted)).toEqual([text]);
    visitor.close();
  });

  test.each([
    ["the characters of a word apart", "海上有一只龟", "海龟"],
    ["the pairs of a word, but not the word", "甲乙 乙丙", "甲乙丙"],
    ["the middle of an English word", "unbelievable", "believable"],
    ["only one of two words", "green lantern", "green lamp"],
    ["another word with the same first sixteen letters", "abcdefghijklmnopqrst", "abcdefghijklmnopqrsz"],
  ])("F4: not %s", async (_name, text, wanted) => {
    const { visitor, conversationId } = await serve();
    await say(visitor, conversationId, text);
    expect(await admin().found(wanted)).toEqual([]);
    visitor.close();
  });

  test("F4: the newest fifty, then older ones, each once; marked where the word stands", async () => {
    const { visitor, conversationId } = await serve();
    const said = Array.from({ length: 120 }, (_, number) => `zebra number ${number}`);
    for (const text of said) await say(visitor, conversationId, text);
    const found: string[] = [];
    let cursor: string | null = null;
    const lengths: number[] = [];
    do {
      const page = await admin().messages("zebra", cursor === null ? {} : { cursor });
      if (typeof page === "string") throw new Error(page);
      lengths.push(page.hits.length);
      found.push(...page.hits.map(({ excerpt }) => excerpt.map(({ text }) => text).join("")));
      cursor = page.next;
      for (const { excerpt } of page.hits) expect(excerpt[0]).toEqual({ text: "zebra", found: true });
    } while (cursor !== null);
    expect(lengths.slice(0, 2)).toEqual([50, 50]);
    expect(found).toEqual(said.toReversed());
    visitor.close();
  });

  test("F4: a long message is shown around the word", async () => {
    const { visitor, conversationId } = await serve();
    await say(visitor, conversationId, `${"很长的话 ".repeat(100)}终于说到钥匙了${"以及更多 ".repeat(100)}`);
    const page = await admin().messages("钥匙");
    if (typeof page === "string") throw new Error(page);
    const pieces = page.hits[0]?.excerpt ?? [];
    expect(pieces.filter(({ found }) => found)).toEqual([{ text: "钥匙", found: true }]);
    const shown = pieces.map(({ text }) => text).join("");
    expect(shown).toMatch(/^….*…$/);
    expect(shown.length).toBeLessThan(250);
    visitor.close();
  });

  test.each(["", " ", "a", "!?", "👍", "'", "\u0000"])(
    "F4: %j cannot be looked for, and is told so",
    async (text) => {
      expect(await admin().messages(text)).toBe("search_text_invalid");
    },
  );

  test.each(["100% & | ! <-> :*", "it's_%", "\"'; DROP TABLE entries; --", "\\ud800 ab", "a\0bc"])(
    "F4: %j is words and nothing else",
    async (text) => {
      expect(await admin().found(text)).toEqual([]);
    },
  );
});

describe("B11, F4: history is narrowed down", () => {
  test("B11: by the user who took part, whoever wrote the message, and each message says who wrote it", async () => {
    const { visitor, conversationId } = await serve();
    await say(visitor, conversationId, "about the walrus");
    await say(desk.agent, conversationId, "the walrus is asleep");
    const of = (userId: string) => admin().found("walrus", { userId });
    expect(await of(desk.agent.userId)).toEqual(["the walrus is asleep", "about the walrus"]);
    expect(await of(desk.colleague.userId)).toEqual([]);
    const page = await admin().messages("walrus");
    expect(page).toMatchObject({
      hits: [
        { author: { kind: "user", user: { id: desk.agent.userId } } },
        { author: { kind: "customer", user: null } },
      ],
    });
    // Somebody else takes over: what was said before counts as theirs too.
    await desk.agent.request("conversation.release", { conversationId });
    expect(await of(desk.colleague.userId)).toEqual([]);
    await desk.colleague.request("conversation.claim", { conversationId });
    expect(await of(desk.colleague.userId)).toEqual(["the walrus is asleep", "about the walrus"]);
    expect(await admin().listed({ userId: desk.colleague.userId })).toContain(conversationId);
    visitor.close();
  });

  test("B11, F4: by customer, also one of two who are one person; by tag; by channel; by time", async () => {
    const [one, two, other] = [await serve("One"), await serve("Two"), await serve("Other")];
    for (const { visitor, conversationId } of [one, two, other])
      await say(visitor, conversationId, "a giraffe");
    const deeds = customerDeeds(node, desk.agent);
    await deeds.of(one.customerId).merge(two.customerId);
    const tagged = detailsIn(await deeds.of(one.customerId).tag("Tall"));
    const tagId = tagged.tags[0]?.id ?? "";
    const chatsOfBoth = [two.conversationId, one.conversationId];
    for (const filter of [{ customerId: one.customerId }, { customerId: two.customerId }, { tagId }]) {
      expect(await admin().listed(filter)).toEqual(chatsOfBoth);
      expect(await admin().found("giraffe", filter)).toEqual(["a giraffe", "a giraffe"]);
    }
    expect(await admin().found("giraffe", { channelId: desk.channelId })).toHaveLength(3);
    const none = newClientId();
    for (const filter of [{ channelId: none }, { tagId: none }, { customerId: none }, { userId: none }]) {
      expect(await admin().found("giraffe", filter)).toEqual([]);
      expect(await admin().listed(filter)).toEqual([]);
    }
    const page = await admin().messages("giraffe");
    if (typeof page === "string") throw new Error(page);
    const middle = page.hits[1]?.at ?? 0;
    expect(await admin().found("giraffe", { to: middle })).toHaveLength(1);
    expect(await admin().found("giraffe", { from: middle })).toHaveLength(2);
    const chats = await admin().chats({ tagId });
    if (typeof chats === "string") throw new Error(chats);
    const opened = chats.conversations.map(({ openedAt }) => openedAt);
    expect(await admin().listed({ tagId, from: opened[0] ?? 0 })).toEqual([two.conversationId]);
    expect(await admin().listed({ tagId, to: opened[0] ?? 0 })).toEqual([one.conversationId]);
    for (const { visitor } of [one, two, other]) visitor.close();
  });
});

describe("F4: nobody finds what they may not read", () => {
  test("F4: an agent finds their own chats, those that wait, and old ones of whom they serve", async () => {
    const { visitor, conversationId } = await serve();
    await say(visitor, conversationId, "my secret pangolin");
    const [mine, theirs] = [historyOf(node, desk.agent), historyOf(node, desk.colleague)];
    const finds = async (history: typeof mine, expected: boolean) => {
      expect(await history.found("pangolin")).toEqual(expected ? ["my secret pangolin"] : []);
      const listed = await history.listed();
      if (expected) expect(listed).toContain(conversationId);
      else expect(listed).not.toContain(conversationId);
    };
    await finds(mine, true);
    await finds(theirs, false);
    await finds(admin(), true);
    await finds(historyOf(node, elsewhere.admin), false);
    await desk.agent.request("conversation.release", { conversationId });
    await finds(theirs, true);
    await desk.agent.request("conversation.claim", { conversationId });
    await desk.agent.request("conversation.close", { conversationId });
    await finds(mine, true);
    await finds(theirs, false);
    // The customer comes back and the colleague serves them.
    const again = await visitor.request("conversation.open", { clientId: newClientId(), text: "again" });
    await finds(theirs, false);
    await desk.colleague.request("conversation.claim", { conversationId: again.conversation.id });
    await finds(theirs, true);
    visitor.close();
  });

  test("F4: whoever served first and gave it back finds nothing of what a colleague serves now", async () => {
    const { visitor, conversationId } = await serve();
    await say(visitor, conversationId, "the okapi matter");
    await desk.agent.request("conversation.release", { conversationId });
    await desk.colleague.request("conversation.claim", { conversationId });
    expect(await historyOf(node, desk.agent).found("okapi")).toEqual([]);
    expect(await historyOf(node, desk.agent).listed()).not.toContain(conversationId);
    expect(await historyOf(node, desk.colleague).found("okapi")).toEqual(["the okapi matter"]);
    visitor.close();
  });

  test("F4: another organisation's people, channels and cursors find nothing", async () => {
    const visitor = await connectVisitor(node, desk.channelId);
    await visitor.request("conversation.open", { clientId: newClientId(), text: "one quokka" });
    const foreign = historyOf(node, elsewhere.admin);
    for (const filter of [
      {},
      { channelId: desk.channelId },
      { customerId: visitor.customerId },
      { userId: desk.agent.userId },
      { cursor: 999_999 },
    ]) {
      expect(await foreign.found("quokka", filter)).toEqual([]);
    }
    expect(await admin().found("quokka")).toEqual(["one quokka"]);
    visitor.close();
  });
});

test("F4: what a customer's erasure takes away is found no more, and leaves no word in the index", async () => {
  const { visitor, customerId, conversationId } = await serve();
  await say(visitor, conversationId, "the kakapo of somebody who wants to be forgotten");
  expect(await admin().found("kakapo")).toHaveLength(1);
  const answer = await customerDeeds(node, desk.admin).ask("POST", `/api/customers/${customerId}/erasure`);
  expect(answer).not.toBeTypeOf("string");
  await eventually(async () => expect(await admin().found("kakapo")).toEqual([]));
  await eventually(async () =>
    expect(await sqlOn(node, "SELECT FROM search_postings WHERE term = 'kakapo'", [])).toEqual([]),
  );
  expect(await admin().listed({ customerId })).toContain(conversationId);
  visitor.close();
});
