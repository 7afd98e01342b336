import { tagsLimit, tagsOfCustomerLimit } from "@grata/contract/customers";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customerDeeds, detailsIn, makeDesk, makeServed } from "../../../testing/scenes/customers.ts";
import { newClientId } from "../../../testing/scenes/people.ts";
import { sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let desk: Awaited<ReturnType<typeof makeDesk>>;
let customerId: string;

beforeAll(async () => {
  node = await startTestNode();
  desk = await makeDesk(node);
  ({ customerId } = await makeServed(node, desk.channelId, desk.agent));
});
afterAll(async () => {
  desk.close();
  await node.stop();
});

const as = (who: "agent" | "colleague" | "admin") => customerDeeds(node, desk[who]);
const agent = () => as("agent").of(customerId);

describe("C9: notes", () => {
  test("C9: say who wrote them and when, newest first; the same one sent twice is one", async () => {
    const id = newClientId();
    const began = Date.now();
    await agent().note("Prefers <b>green</b> tea\nand no sugar", id);
    await agent().note("Prefers <b>green</b> tea\nand no sugar", id);
    const { notes } = detailsIn(await as("admin").of(customerId).note("Birthday in May"));
    expect(notes.map(({ text }) => text)).toEqual([
      "Birthday in May",
      "Prefers <b>green</b> tea\nand no sugar",
    ]);
    expect(notes[1]?.author.userId).toBe(desk.agent.userId);
    expect(notes[1]?.at).toBeGreaterThan(began - 5_000);
  });

  test("C9: are deleted by their writer and by admins, not by others", async () => {
    const { visitor, ...other } = await makeServed(node, desk.channelId, desk.agent);
    const note = detailsIn(await as("admin").of(other.customerId).note("Mine")).notes[0];
    expect(
      await as("agent")
        .of(other.customerId)
        .unnote(note?.id ?? ""),
    ).toBe("forbidden");
    expect(detailsIn(await as("agent").of(other.customerId).read()).notes).toHaveLength(1);
    expect(
      detailsIn(
        await as("admin")
          .of(other.customerId)
          .unnote(note?.id ?? ""),
      ).notes,
    ).toEqual([]);
    expect(
      await as("admin")
        .of(other.customerId)
        .unnote(note?.id ?? ""),
    ).toBe("note_unknown");
    visitor.close();
  });

  test.each([
    ["an empty one", " \n "],
    ["one of 2,001 characters", "好".repeat(2_001)],
    ["one with NUL", "a\0b"],
    ["one with half a character", "\ude00b"],
  ])("C9: %s is refused", async (_what, text) => {
    expect(await agent().note(text)).toBe("note_invalid");
  });
});

describe("C9: tags", () => {
  test("C9: one of a new name is made, one of a known name is used, in whatever case it is written", async () => {
    await agent().tag("VIP");
    const { tags } = detailsIn(await agent().tag("  vip "));
    expect(tags.map(({ name }) => name)).toEqual(["VIP"]);
    expect(detailsIn(await agent().untag(tags[0]?.id ?? "")).tags).toEqual([]);
    expect(await agent().untag(newId())).toBe("tag_unknown");
  });

  test.each([
    ["an empty one", "  "],
    ["one of 41 characters", "a".repeat(41)],
    ["one of two lines", "a\nb"],
    ["one that turns text around", "a\u202eb"],
    ["one with NUL", "a\0b"],
  ])("C9: %s is refused", async (_what, name) => {
    expect(await agent().tag(name)).toBe("tag_invalid");
  });

  test("C9: a customer has at most so many, also when they are given at once", async () => {
    const { visitor, ...other } = await makeServed(node, desk.channelId, desk.agent);
    const names = Array.from({ length: tagsOfCustomerLimit + 2 }, (_, index) => `Tag ${index}`);
    const outcomes = await Promise.all(names.map((name) => as("agent").of(other.customerId).tag(name)));
    expect(outcomes.filter((outcome) => outcome === "too_many_tags_here")).toHaveLength(2);
    expect(detailsIn(await as("agent").of(other.customerId).read()).tags).toHaveLength(tagsOfCustomerLimit);
    visitor.close();
  });

  test("C9: an organisation has at most so many, and what is there can still be given", async () => {
    const full = await makeDesk(node, "Full House");
    const served = await makeServed(node, full.channelId, full.agent);
    await sqlOn(
      node,
      `INSERT INTO tags (organisation_id, id, name, key)
       SELECT $1, gen_random_uuid(), 'Tag ' || n, 'tag ' || n FROM generate_series(1, $2 - 1) n`,
      [full.organisationId, tagsLimit],
    );
    const deeds = customerDeeds(node, full.agent).of(served.customerId);
    const outcomes = await Promise.all(["New", "Newer"].map((name) => deeds.tag(name)));
    expect(outcomes.filter((outcome) => outcome === "too_many_tags")).toHaveLength(1);
    expect(detailsIn(await deeds.tag("tag 7")).tags.map(({ name }) => name)).toContain("Tag 7");
    full.close();
    served.visitor.close();
  });
});
