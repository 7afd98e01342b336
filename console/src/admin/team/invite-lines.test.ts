import type { Language } from "@grata/contract/languages";
import type { ManyInvitations, ManyInvitationsReport, Role } from "@grata/contract/team";
import { describe, expect, test } from "vitest";
import { inviteLines, type LineReport } from "./invite-lines.ts";
import type { ListedPerson } from "./parse-people.ts";

const person = (line: number, more: Partial<ListedPerson<Role, Language>> = {}) => ({
  line,
  name: `Person ${line}`,
  email: `person${line}@example.com`,
  role: null,
  language: null,
  unknown: null,
  ...more,
});

const refusal: ManyInvitationsReport["lines"][number] = {
  outcome: "refused",
  code: "request_invalid",
  message: "wrong",
  fields: {
    name: { code: "name_empty", message: "No name." },
    email: { code: "email_taken", message: "Taken." },
  },
};

async function run(
  people: ListedPerson<Role, Language>[],
  send: (body: ManyInvitations) => ManyInvitationsReport["lines"],
) {
  const reports: LineReport[] = [];
  const bodies: ManyInvitations[] = [];
  await inviteLines({
    people,
    defaults: { role: "agent", language: "zh-Hans" },
    send: async (body) => {
      bodies.push(body);
      return send(body);
    },
    sentenceOf: () => "no server",
    unknownWord: (word) => `not known: ${word}`,
    onReports: (batch) => reports.push(...batch),
  });
  return { reports, bodies };
}

const user = {
  id: "22222222-2222-4222-8222-222222222222",
  name: "",
  email: "",
  role: "agent",
  language: "en",
  status: "invited",
  lastSeenAt: null,
  createdAt: 0,
  identities: {},
  invitationExpiresAt: null,
} as const;
const invited = { outcome: "invited", user } as const;

describe("B3: inviting several at once", () => {
  test("takes role and language from the form where the line names none", async () => {
    const { bodies } = await run([person(1), person(2, { role: "admin", language: "en" })], () => [
      invited,
      invited,
    ]);
    expect(bodies[0]?.lines).toMatchObject([
      { role: "agent", language: "zh-Hans" },
      { role: "admin", language: "en" },
    ]);
  });

  test("tells of each line why it was not taken", async () => {
    const { reports } = await run([person(1), person(2)], () => [invited, refusal]);
    expect(reports.map(({ refused }) => refused)).toEqual([null, "No name. Taken."]);
  });

  test("B3: does not send a line with a word that nobody knows, says which it is, and sends the others", async () => {
    const { reports, bodies } = await run(
      [person(1), person(2, { unknown: "boss" }), person(3)],
      ({ lines }) => lines.map(() => invited),
    );
    expect(bodies[0]?.lines.map(({ name }) => name)).toEqual(["Person 1", "Person 3"]);
    expect(reports.map(({ person: { line }, refused }) => [line, refused])).toEqual([
      [2, "not known: boss"],
      [1, null],
      [3, null],
    ]);
  });

  test("sends as many as the server takes at once, and keeps what was done when a later batch fails", async () => {
    const people = Array.from({ length: 1_200 }, (_, index) => person(index + 1));
    let batches = 0;
    const { reports, bodies } = await run(people, ({ lines }) => {
      batches += 1;
      if (batches === 2) throw new Error("offline");
      return lines.map(() => invited);
    });
    expect(bodies.map(({ lines }) => lines.length)).toEqual([500, 500]);
    expect(reports).toHaveLength(1_200);
    expect(reports.filter(({ refused }) => refused === null)).toHaveLength(500);
    expect(reports.at(-1)?.refused).toBe("no server");
  });
});
