import { expect, onTestFinished, test } from "vitest";
import { refusalOf } from "../../../../testing/checks/refusals.ts";
import { storedLog } from "../../../../testing/checks/stored.ts";
import { makeAgent, makeClaimedChat } from "../../../../testing/scenes/chats.ts";
import { customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { openSharedDatabase } from "../../../../testing/servers/shared-database.ts";
import { laneLimit } from "./queue.ts";

test("D1: a chat whose messages pile up is told to come back, and other chats are stored meanwhile", async () => {
  const database = await openSharedDatabase();
  onTestFinished(() => database.close());
  const agent = await makeAgent(database, database.place);
  const loud = await makeClaimedChat(database, database.place, agent);
  const quiet = await makeClaimedChat(database, database.place, agent);
  const writer = openWriter(database);
  onTestFinished(() => writer.close());
  const accepted = Array.from({ length: laneLimit }, (_, number) =>
    writer.append(customerMessage(loud, `${number}`)),
  );
  const refused = writer.append(customerMessage(loud, "one too many"));
  const neighbours = writer.append(customerMessage(quiet));
  expect(await refusalOf(refused)).toBe("too_many_requests");
  expect(await neighbours).toMatchObject({ seq: 3 });
  await Promise.all(accepted);
  // The same message goes in once there is room.
  expect(await writer.append(customerMessage(loud, "one too many"))).toMatchObject({ seq: laneLimit + 3 });
  expect(await storedLog(database.sql, loud.id)).toHaveLength(laneLimit + 3);
});
