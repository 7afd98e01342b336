import { expect, onTestFinished, test } from "vitest";
import { makeAgent, makeClaimedChat } from "../../testing/chats.ts";
import { refusalOf } from "../../testing/refusals.ts";
import { openSharedDatabase } from "../../testing/shared-database.ts";
import { storedLog } from "../../testing/stored.ts";
import { customerMessage, openWriter } from "../../testing/writers.ts";

test("C4, H1: a writer that is closed stores all that it has accepted, and takes nothing more", async () => {
  const database = await openSharedDatabase();
  onTestFinished(() => database.close());
  const agent = await makeAgent(database, database.place);
  const chat = await makeClaimedChat(database, database.place, agent);
  const writer = openWriter(database);
  // More than one batch.
  const accepted = Array.from({ length: 600 }, (_, number) =>
    writer.append(customerMessage(chat, `${number}`)),
  );
  const closed = writer.close();
  expect(await refusalOf(writer.append(customerMessage(chat, "too late")))).toBe("unavailable");
  await closed;
  expect((await Promise.all(accepted)).map(({ seq }) => seq)).toEqual(accepted.map((_, index) => index + 3));
  expect(await storedLog(database.sql, chat.id)).toHaveLength(602);
});
