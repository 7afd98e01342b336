import { type CustomFieldList, customFieldsLimit, type TagList } from "@grata/contract/customers";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { customerDeeds, detailsIn, makeDesk, makeServed } from "../../../testing/scenes/customers.ts";
import { auditOf } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let desk: Awaited<ReturnType<typeof makeDesk>>;
let customerId: string;
let otherId: string;

beforeAll(async () => {
  node = await startTestNode();
  desk = await makeDesk(node);
  ({ customerId } = await makeServed(node, desk.channelId, desk.agent));
  ({ customerId: otherId } = await makeServed(node, desk.channelId, desk.agent));
});
afterAll(async () => {
  desk.close();
  await node.stop();
});

const admin = () => customerDeeds(node, desk.admin);
const agent = () => customerDeeds(node, desk.agent);

describe("C9, H3: an admin keeps the tags in order", () => {
  const tagged = async (name: string, id = customerId) =>
    detailsIn(await agent().of(id).tag(name)).tags.find((tag) => tag.name === name)?.id ?? "";

  test("C9: renames one everywhere, and every open panel hears of it", async () => {
    const id = await tagged("Regluar");
    desk.colleague.news.length = 0;
    const list = await admin().ask<TagList>("PATCH", `/api/tags/${id}`, { name: "Regular" });
    expect(list).toMatchObject({ tags: expect.arrayContaining([{ id, name: "Regular", customers: 1 }]) });
    await eventually(() =>
      expect(desk.colleague.news).toContainEqual({ type: "customer.changed", customerIds: null }),
    );
    expect(await auditOf(node, id)).toMatchObject([
      { action: "tag.renamed", changes: { name: { from: "Regluar", to: "Regular" } } },
    ]);
  });

  test("C9: merges two, also on somebody who has both", async () => {
    const from = await tagged("Tea lover");
    const into = await tagged("Tea");
    await tagged("Tea lover", otherId);
    expect(await admin().ask("PATCH", `/api/tags/${from}`, { name: "TEA" })).toBe("tag_taken");
    expect(await admin().ask("POST", `/api/tags/${from}/merge`, { into: from })).toBe("tag_taken");
    const list = await admin().ask<TagList>("POST", `/api/tags/${from}/merge`, { into });
    expect(list).toMatchObject({ tags: expect.arrayContaining([{ id: into, name: "Tea", customers: 2 }]) });
    expect(JSON.stringify(list)).not.toContain(from);
    const { tags } = detailsIn(await agent().of(otherId).read());
    expect(tags).toEqual([{ id: into, name: "Tea" }]);
    expect(await auditOf(node, into)).toMatchObject([{ action: "tag.merged" }]);
  });

  test("C9: deletes one, and nobody has it any more", async () => {
    const id = await tagged("Old");
    await admin().ask("DELETE", `/api/tags/${id}`);
    expect(JSON.stringify(await agent().of(customerId).read())).not.toContain(id);
    expect(await admin().ask("DELETE", `/api/tags/${id}`)).toBe("tag_unknown");
    expect(await auditOf(node, id)).toMatchObject([{ action: "tag.deleted" }]);
  });
});

describe("C9: custom fields", () => {
  let names = 0;
  async function makeField(kind: string, choices: string[] = []): Promise<string> {
    const name = `Field ${++names}`;
    const list = await admin().ask<CustomFieldList>("POST", "/api/customer-fields", { name, kind, choices });
    if (typeof list === "string") throw new Error(list);
    return list.fields.find((field) => field.name === name)?.id ?? "";
  }

  const values: [string, string, string, boolean][] = [
    ["text", "a line", "Prefers tea", true],
    ["text", "two lines", "a\nb", false],
    ["text", "NUL", "a\0b", false],
    ["number", "a number", "-12.5", true],
    ["number", "a word", "twelve", false],
    ["number", "infinity", "1e999", false],
    ["date", "a day", "2024-02-29", true],
    ["date", "a day that there is not", "2023-02-29", false],
    ["date", "a day as people write it", "1 May", false],
    ["choice", "one of the choices", "Gold", true],
    ["choice", "none of the choices", "Bronze", false],
  ];
  test.each(values)("C9: of kind %s and %s: %s", async (kind, _what, value, fits) => {
    const id = await makeField(kind, kind === "choice" ? ["Gold", "Silver"] : []);
    const outcome = await agent().of(customerId).fill(id, value);
    if (!fits) return expect(outcome).toBe("field_value_invalid");
    const read = detailsIn(outcome).fields.find((field) => field.id === id);
    expect(read?.value).toBe(value);
    expect(await agent().of(customerId).fill(id, null, "something else")).toBe("customer_changed");
    const emptied = detailsIn(await agent().of(customerId).fill(id, "", value));
    expect(emptied.fields.find((field) => field.id === id)?.value).toBeNull();
  });

  test("C9: a choice that is gone stays where it was chosen; a field that is deleted is forgotten", async () => {
    const id = await makeField("choice", ["Gold", "Silver"]);
    await agent().of(customerId).fill(id, "Gold");
    await admin().ask("PATCH", `/api/customer-fields/${id}`, { name: "Level", choices: ["Silver"] });
    const held = detailsIn(await agent().of(customerId).read()).fields.find((field) => field.id === id);
    expect(held).toMatchObject({ name: "Level", choices: ["Silver"], value: "Gold" });
    await admin().ask("DELETE", `/api/customer-fields/${id}`);
    expect(await agent().of(customerId).fill(id, "Silver")).toBe("field_unknown");
    expect((await auditOf(node, id)).map(({ action }) => action)).toEqual([
      "field.created",
      "field.changed",
      "field.deleted",
    ]);
  });

  test.each([
    ["a choice without choices", { kind: "choice", choices: [] }, "choices_invalid"],
    ["a date with choices", { kind: "date", choices: ["Gold"] }, "choices_invalid"],
    ["the same choice twice", { kind: "choice", choices: ["Gold", " Gold"] }, "choices_invalid"],
    ["51 choices", { kind: "choice", choices: Array.from({ length: 51 }, String) }, "choices_invalid"],
    ["a kind that there is not", { kind: "colour", choices: [] }, "request_invalid"],
    ["a name that turns text around", { name: "a\u202eb", kind: "text", choices: [] }, "name_not_text"],
  ])("C9: %s is refused", async (_what, body, code) => {
    expect(await admin().ask("POST", "/api/customer-fields", { name: "Wrong", ...body })).toBe(code);
    expect(await admin().ask("DELETE", `/api/customer-fields/${newId()}`)).toBe("field_unknown");
  });

  test("C9: there are at most so many, and none twice", async () => {
    const { fields } = (await admin().ask<CustomFieldList>("GET", "/api/customer-fields")) as CustomFieldList;
    const wanted = Array.from(
      { length: customFieldsLimit - fields.length + 2 },
      (_, index) => `More ${index}`,
    );
    const outcomes = await Promise.all(
      wanted.map((name) => admin().ask("POST", "/api/customer-fields", { name, kind: "text", choices: [] })),
    );
    expect(outcomes.filter((outcome) => outcome === "too_many_fields")).toHaveLength(2);
    const name = fields[0]?.name.toUpperCase();
    const again = { name, choices: [] };
    expect(await admin().ask("PATCH", `/api/customer-fields/${fields[1]?.id}`, again)).toBe("field_taken");
  });
});
