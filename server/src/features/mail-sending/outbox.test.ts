import type { MailsPage } from "@grata/contract/mails";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { failureIn } from "../../../testing/checks/http.ts";
import { openMailBox } from "../../../testing/outside/mail-box.ts";
import { auditOf, makeTeam, outcomeIn, sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

type Team = Awaited<ReturnType<typeof makeTeam>>;

let node: TestNode;
let team: Team;

beforeAll(async () => {
  node = await startTestNode();
  team = await makeTeam(node);
});
afterAll(() => node.stop());

const read = async (by: Team, query: Record<string, string> = {}): Promise<MailsPage> =>
  JSON.parse((await by.ask("GET", `/api/mails?${new URLSearchParams(query)}`)).text);
const retry = (by: Team, id: string) => by.ask("POST", `/api/mails/${id}/retry`);

describe("H4: the outbox", () => {
  test("H4: without a mail server shows what waits, in its words, but never a link", async () => {
    await team.invite({ email: "waiting@tea.example" });
    const page = await read(team);
    expect(page).toMatchObject({ sending: false, waiting: 1, next: null });
    const [mail] = page.mails;
    expect(mail).toMatchObject({
      kind: "invitation",
      recipient: "waiting@tea.example",
      subject: "Tea House 邀请您使用 Grata",
      state: "waiting",
      attempts: 0,
      lastError: null,
    });
    expect(mail?.text).toContain("Ada 邀请您");
    expect(JSON.stringify(page)).not.toMatch(/#[\w-]{43}/);
  });

  test("H4: shows why a mail failed, and an admin tries it again", async () => {
    const box = await openMailBox();
    box.answer = { code: 550, text: "no such mailbox" };
    const sending = await startTestNode({ environment: { SMTP_URL: box.url } });
    onTestFinished(async () => {
      await sending.stop();
      await box.down();
    });
    const other = await makeTeam(sending);
    await other.invite({ email: "late@tea.example" });
    await eventually(async () => expect((await read(other, { state: "failed" })).mails).toHaveLength(1));
    const [failed] = (await read(other, { state: "failed" })).mails;
    expect(failed?.lastError).toContain("no such mailbox");
    box.answer = null;
    expect(outcomeIn(await retry(other, failed?.id ?? ""))).toBe("yes");
    await eventually(() => expect(box.to("late@tea.example")).toHaveLength(1));
    await eventually(async () => expect((await read(other, { state: "sent" })).mails).toHaveLength(1));
    expect(failureIn(await retry(other, failed?.id ?? "")).code).toBe("mail_sent");
    expect((await read(other)).sending).toBe(true);
    expect((await auditOf(sending, failed?.id ?? "")).map(({ action }) => action)).toEqual(["mail.retried"]);
  });

  test("H2, H4: another organisation's mails are not seen, and not tried", async () => {
    const other = await makeTeam(node);
    await team.invite({ email: "another@tea.example" });
    const [mail] = (await read(team)).mails;
    expect((await read(other)).mails).toEqual([]);
    expect(failureIn(await retry(other, mail?.id ?? "")).code).toBe("mail_unknown");
  });

  test("H4: is read page by page, newest first", async () => {
    const busy = await makeTeam(node);
    await sqlOn(
      node,
      `INSERT INTO mails (organisation_id, id, kind, recipient, language, parameters)
       SELECT $1, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'locked',
         'p' || n || '@tea.example', 'en', '{"name": "Mei", "organisation": "Tea House"}'
       FROM generate_series(1, 120) n`,
      [busy.organisationId],
    );
    const found: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: MailsPage = await read(busy, cursor ? { cursor } : {});
      found.push(...page.mails.map(({ recipient }) => recipient));
      cursor = page.next;
    }
    expect(found).toEqual(Array.from({ length: 120 }, (_, index) => `p${120 - index}@tea.example`));
  });
});
