import { expect, onTestFinished, test } from "vitest";
import { refusalOf } from "../../../../testing/checks/refusals.ts";
import { expectDenseLogs, openSql, storedLog } from "../../../../testing/checks/stored.ts";
import { makeAgent, makeClaimedChat, makeWaitingChat } from "../../../../testing/scenes/chats.ts";
import { agentMessage, customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode } from "../../../../testing/servers/test-node.ts";

test("C4, C3, H1: what stays locked is refused as busy and not stored, and everybody else goes on meanwhile", async () => {
  const node = await startTestNode();
  const [sql, holder] = [await openSql(node.databaseUrl), await openSql(node.databaseUrl)];
  const writer = openWriter(node);
  onTestFinished(async () => {
    await holder.end();
    await writer.close();
    await sql.end();
    await node.stop();
  });
  const place = await makeOrganisation(node);
  const [agent, lockedAgent] = [await makeAgent(node, place), await makeAgent(node, place)];
  const waiting = await makeWaitingChat(node, place);
  const claimed = await makeClaimedChat(node, place, agent);
  const served = await makeClaimedChat(node, place, lockedAgent);
  const free = await makeClaimedChat(node, place, agent);

  await holder.query("BEGIN");
  await holder.query("SELECT FROM conversations WHERE id = $1 FOR UPDATE", [claimed.id]);
  await holder.query("SELECT FROM users WHERE id = $1 FOR UPDATE", [lockedAgent.userId]);
  await holder.query("SELECT FROM conversations WHERE id = $1 FOR UPDATE", [waiting.id]);

  const locked = [
    { chat: waiting, message: customerMessage(waiting) },
    { chat: claimed, message: customerMessage(claimed) },
    { chat: served, message: agentMessage(served, lockedAgent) },
  ];
  const before = await Promise.all(locked.map(({ chat }) => storedLog(sql, chat.id)));
  let undecided = locked.length;
  const refused = locked.map(({ message }) => refusalOf(writer.append(message)).finally(() => undecided--));
  let acknowledged = 0;
  while (undecided > 0) {
    await writer.append(customerMessage(free));
    acknowledged++;
  }
  expect(await Promise.all(refused)).toEqual(locked.map(() => "conversation_busy"));
  expect(acknowledged).toBeGreaterThan(10);
  await holder.query("ROLLBACK");
  expect(await Promise.all(locked.map(({ chat }) => storedLog(sql, chat.id)))).toEqual(before);
  for (const { message } of locked) expect(await writer.append(message)).toMatchObject({ repeated: false });
  await expectDenseLogs(sql);
  expect(writer.faults).toEqual([]);
});
