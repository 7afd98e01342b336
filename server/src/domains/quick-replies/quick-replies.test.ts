import {
  type Choices,
  choicesLimit,
  type QuickRepliesPage,
  type QuickReply,
} from "@grata/contract/quick-replies";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureIn } from "../../../testing/checks/http.ts";
import { connectAgent, connectVisitor, makeUser, newClientId } from "../../../testing/scenes/people.ts";
import { auditOf, deedsOf, makeTeam, outcomeIn, sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
type Team = Awaited<ReturnType<typeof makeTeam>>;
let team: Team;

beforeAll(async () => {
  node = await startTestNode();
  team = await makeTeam(node);
});
afterAll(() => node.stop());

type Ask = Team["ask"];
const everybodys = "/api/quick-replies";
const own = "/api/own-quick-replies";
const greeting = {
  name: "Greeting",
  category: "Welcome",
  texts: { en: "Hello $username", "zh-Hans": "您好" },
};

const written = async (ask: Ask, body: object, path = everybodys): Promise<QuickReply> =>
  JSON.parse((await ask("POST", path, { ...greeting, ...body })).text);
const list = async (
  ask: Ask,
  query: Record<string, string> = {},
  path = everybodys,
): Promise<QuickRepliesPage> => JSON.parse((await ask("GET", `${path}?${new URLSearchParams(query)}`)).text);
const choose = async (ask: Ask, query: Record<string, string> = {}): Promise<Choices> =>
  JSON.parse((await ask("GET", `${everybodys}/choices?${new URLSearchParams(query)}`)).text);
const namesIn = ({ choices }: Choices) => choices.map(({ name }) => name);

describe("C10: the quick replies of an organisation", () => {
  test("C10: are written, changed and deleted by an admin, and the audit log says so", async () => {
    const made = await written(team.ask, {});
    expect(made).toMatchObject(greeting);
    const changed = { ...greeting, category: "Hello", texts: { en: "Good morning" } };
    const put = await team.ask("PUT", `${everybodys}/${made.id}`, changed);
    expect(JSON.parse(put.text)).toMatchObject({ id: made.id, ...changed });
    expect((await team.ask("PUT", `${everybodys}/${made.id}`, changed)).status).toBe(200);
    const unknown = "0198aaaa-0000-7000-8000-000000000000";
    const gone = await team.ask("POST", `${everybodys}/delete`, { ids: [made.id, unknown] });
    expect(JSON.parse(gone.text)).toEqual({ deleted: 1 });
    expect(outcomeIn(await team.ask("PUT", `${everybodys}/${made.id}`, changed))).toBe("quick_reply_unknown");
    expect(await auditOf(node, made.id)).toEqual([
      { action: "quick_reply.created", actor: "Ada", changes: {} },
      {
        action: "quick_reply.changed",
        actor: "Ada",
        changes: {
          category: { from: "Welcome", to: "Hello" },
          texts: {
            from: '{"en":"Hello $username","zh-Hans":"您好"}',
            to: '{"en":"Good morning"}',
          },
        },
      },
      { action: "quick_reply.deleted", actor: "Ada", changes: {} },
    ]);
  });

  test("C10: have one name in one category, whatever the case", async () => {
    const made = await written(team.ask, { name: "Ärger" });
    const other = await written(team.ask, { name: "Other" });
    const refused = await team.ask("POST", everybodys, { ...greeting, name: " äRGER " });
    expect(failureIn(refused)).toMatchObject({ code: "quick_reply_taken" });
    expect(Object.keys(failureIn(refused).fields ?? {})).toEqual(["name"]);
    const renamed = await team.ask("PUT", `${everybodys}/${other.id}`, { ...greeting, name: "ärger" });
    expect(outcomeIn(renamed)).toBe("quick_reply_taken");
    expect(outcomeIn(await team.ask("POST", everybodys, { ...greeting, name: "Ärger", category: "" }))).toBe(
      "yes",
    );
    expect(outcomeIn(await team.ask("PUT", `${everybodys}/${made.id}`, { ...greeting, name: "ÄRGER" }))).toBe(
      "yes",
    );
  });

  test.each([
    ["name", "name_empty", { name: " " }],
    ["name", "name_too_long", { name: "x".repeat(121) }],
    ["name", "name_not_text", { name: "a\u202eb" }],
    ["name", "name_not_text", { name: "two\nlines" }],
    ["category", "category_invalid", { category: "x".repeat(121) }],
    ["category", "category_invalid", { category: "a\u2066b" }],
    ["texts", "quick_reply_empty", { texts: {} }],
    ["texts", "quick_reply_empty", { texts: { en: " \r\n " } }],
    ["texts", "quick_reply_too_long", { texts: { en: "x".repeat(2_001) } }],
    ["texts", "quick_reply_not_text", { texts: { en: "nul \0" } }],
    ["texts", "quick_reply_not_text", { texts: { en: "half \ud83d" } }],
    ["texts", "quick_reply_not_text", { texts: { en: 5 } }],
    ["texts", "quick_reply_not_text", { texts: { en: { $ne: "" } } }],
  ])("C10: what is wrong is refused at its field (%#): %s, %s", async (field, code, wrong) => {
    const answer = await team.ask("POST", everybodys, { ...greeting, name: "Wrong", ...wrong });
    expect(answer.status).toBe(400);
    expect(failureIn(answer).fields?.[field]?.code).toBe(code);
  });

  test("C10: a text is kept as it was written, whatever it looks like", async () => {
    const en =
      "{{constructor}} <img src=x onerror=alert(1)> \u202eabc\u202c $(1+1) $& \\n 100%\n=cmd|' /C calc'!A0";
    const { texts } = await written(team.ask, { name: "Odd", texts: { en: `\r\n${en}\r\n`, "zh-Hant": "" } });
    expect(texts).toEqual({ en });
  });

  test("C10: no more than a list has room for", async () => {
    const full = await makeTeam(node);
    await fill(full, 5_000);
    expect(outcomeIn(await full.ask("POST", everybodys, greeting))).toBe("too_many_quick_replies");
    const [{ id } = { id: "" }] = (await list(full.ask)).quickReplies;
    await full.ask("POST", `${everybodys}/delete`, { ids: [id] });
    const both = await Promise.all(
      ["one", "two"].map((name) => full.ask("POST", everybodys, { ...greeting, name })),
    );
    expect(both.map(outcomeIn).sort()).toEqual(["too_many_quick_replies", "yes"]);
  });
});

/** So many, with names by number, in ten categories. */
const fill = ({ organisationId }: Pick<Team, "organisationId">, count: number) =>
  sqlOn(
    node,
    `INSERT INTO quick_replies (organisation_id, id, name, category, texts, key, searched)
     SELECT $1, gen_random_uuid(), 'Reply ' || n, 'Category ' || n % 10, json_build_object('en', 'Text ' || n),
       'category ' || n % 10 || E'\\nreply ' || n, 'reply ' || n || E'\\ncategory ' || n % 10 || E'\\ntext ' || n
     FROM generate_series(1, $2::int) n`,
    [organisationId, count],
  );

describe("C10: the list of two thousand", () => {
  let large: Team;
  beforeAll(async () => {
    large = await makeTeam(node);
    await fill(large, 2_000);
  });

  test.each(["name", "category", "changed"])("C10: by %s, page by page each is there once", async (sort) => {
    const walk = async (direction: string) => {
      const ids: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const query = { sort, direction, limit: "200", ...(cursor && { cursor }) };
        const page: QuickRepliesPage = await list(large.ask, query);
        ids.push(...page.quickReplies.map(({ id }) => id));
        cursor = page.next;
      }
      return ids;
    };
    const up = await walk("ascending");
    expect(new Set(up).size).toBe(2_000);
    expect((await walk("descending")).reverse()).toEqual(up);
  });

  test("C10: is narrowed by words and by category, and names its categories", async () => {
    const page = await list(large.ask, { search: " REPLY  text 199 ", category: "Category 9" });
    expect(page.quickReplies.map(({ name }) => name)).toEqual(["Reply 1199", "Reply 199", "Reply 1999"]);
    expect(page.total).toBe(3);
    expect(page.categories).toHaveLength(10);
    for (const search of ["%", "_", "'", "\\"]) expect((await list(large.ask, { search })).total).toBe(0);
  });

  test.each([{ cursor: "x" }, { limit: "0" }, { limit: "201" }, { sort: "texts" }])(
    "C10: %j is refused at its field",
    async (query) => {
      const answer = await large.ask("GET", `${everybodys}?${new URLSearchParams(query as never)}`);
      expect(Object.keys(failureIn(answer).fields ?? {})).toEqual(Object.keys(query));
    },
  );

  test("C10: of two thousand the composer gets the best few, within a blink", async () => {
    const began = performance.now();
    const found = await choose(large.ask, { search: "reply 1" });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(found.choices).toHaveLength(choicesLimit);
    expect(found.total).toBeGreaterThan(1_000);
    expect(namesIn(await choose(large.ask, { search: "reply 1234" }))).toEqual(["Reply 1234"]);
  });

  test("C10: what is called so comes before what is only about it", async () => {
    const some = await makeTeam(node);
    await written(some.ask, { name: "A", category: "", texts: { en: "our delivery" } });
    await written(some.ask, { name: "B", category: "Delivery" });
    await written(some.ask, { name: "Late delivery", category: "" });
    await written(some.ask, { name: "Delivery times", category: "" });
    const found = namesIn(await choose(some.ask, { search: "DELIVERY" }));
    expect(found).toEqual(["Delivery times", "Late delivery", "B", "A"]);
  });
});

describe("C10: whose they are", () => {
  test("C10: an agent uses everybody's, and cannot read the list or change it", async () => {
    const { id } = await written(team.ask, { name: "Everybody's" });
    const agent = deedsOf(node, (await makeUser(node, team.organisationId)).cookie);
    expect(namesIn(await choose(agent.ask, { search: "everybody" }))).toEqual(["Everybody's"]);
    for (const [method, path, body] of [
      ["GET", everybodys, undefined],
      ["GET", `${everybodys}/export`, undefined],
      ["POST", everybodys, greeting],
      ["PUT", `${everybodys}/${id}`, greeting],
      ["POST", `${everybodys}/delete`, { ids: [id] }],
    ] as const) {
      expect(outcomeIn(await agent.ask(method, path, body)), `${method} ${path}`).toBe("forbidden");
    }
    // Nor through the list of their own.
    expect(outcomeIn(await agent.ask("PUT", `${own}/${id}`, greeting))).toBe("quick_reply_unknown");
    expect(JSON.parse((await agent.ask("POST", `${own}/delete`, { ids: [id] })).text)).toEqual({
      deleted: 0,
    });
  });

  test("C10: what users keep for themselves nobody else sees, uses or changes, no admin either", async () => {
    const { userId, cookie } = await makeUser(node, team.organisationId);
    const owner = deedsOf(node, cookie);
    const mine = await written(owner.ask, { name: "Mine alone" }, own);
    expect((await choose(owner.ask, { search: "mine alone" })).choices).toMatchObject([{ own: true }]);
    expect((await list(owner.ask, {}, own)).total).toBe(1);
    const colleague = deedsOf(node, (await makeUser(node, team.organisationId)).cookie);
    for (const { ask } of [team, colleague]) {
      expect(namesIn(await choose(ask, { search: "mine alone" }))).toEqual([]);
      expect((await list(ask, {}, own)).total).toBe(0);
      expect(outcomeIn(await ask("PUT", `${own}/${mine.id}`, greeting))).toBe("quick_reply_unknown");
      expect(JSON.parse((await ask("POST", `${own}/delete`, { ids: [mine.id] })).text)).toEqual({
        deleted: 0,
      });
    }
    expect((await list(team.ask, { search: "mine alone" })).total).toBe(0);
    expect((await team.ask("GET", `${everybodys}/export`)).text).not.toContain("Mine alone");
    expect(outcomeIn(await team.ask("PUT", `${everybodys}/${mine.id}`, greeting))).toBe(
      "quick_reply_unknown",
    );
    // The same name as everybody's is no matter, and what they do is not the audit log's.
    expect(await auditOf(node, mine.id)).toEqual([]);
    expect(outcomeIn(await owner.ask("POST", own, { ...greeting, name: "Everybody's" }))).toBe("yes");
    await sqlOn(node, "DELETE FROM users WHERE id = $1", [userId]);
    expect(await sqlOn(node, "SELECT 1 FROM quick_replies WHERE id = $1", [mine.id])).toEqual([]);
  });

  test("H2: another organisation never sees them", async () => {
    const { id } = await written(team.ask, { name: "Ours only" });
    const other = await makeTeam(node);
    expect(await choose(other.ask)).toMatchObject({ choices: [], total: 0 });
    expect((await list(other.ask)).total).toBe(0);
    expect(outcomeIn(await other.ask("PUT", `${everybodys}/${id}`, greeting))).toBe("quick_reply_unknown");
    const deletion = await other.ask("POST", `${everybodys}/delete`, { ids: [id] });
    expect(JSON.parse(deletion.text)).toEqual({ deleted: 0 });
    expect((await list(team.ask, { search: "ours only" })).total).toBe(1);
  });
});

describe("C10: the language of the customer", () => {
  test("C10: comes with the choices, for whoever may read the chat", async () => {
    const { organisationId, channelId } = team;
    const visitor = await connectVisitor(node, channelId);
    const opening = { clientId: newClientId(), text: "您好" };
    const { conversation } = await visitor.request("conversation.open", opening);
    visitor.close();
    const query = { conversationId: conversation.id };
    expect((await choose(team.ask, query)).customerLanguage).toBeNull();
    await sqlOn(node, "UPDATE customers SET language = 'zh-Hant' WHERE organisation_id = $1", [
      organisationId,
    ]);
    expect((await choose(team.ask, query)).customerLanguage).toBe("zh-Hant");
    expect((await choose(team.ask)).customerLanguage).toBeNull();
    const serving = await connectAgent(node, organisationId);
    await serving.request("conversation.claim", query);
    serving.close();
    const agent = deedsOf(node, (await makeUser(node, organisationId)).cookie);
    const path = `${everybodys}/choices?${new URLSearchParams(query)}`;
    for (const { ask } of [agent, await makeTeam(node)]) {
      expect(outcomeIn(await ask("GET", path))).toBe("conversation_unknown");
    }
  });
});
