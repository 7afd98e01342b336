import { expect, onTestFinished, test } from "vitest";
import { refusalOf } from "../../../../testing/checks/refusals.ts";
import { storedLog } from "../../../../testing/checks/stored.ts";
import { type Chat, makeAgent, makeClaimedChat } from "../../../../testing/scenes/chats.ts";
import { customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { openSharedDatabase } from "../../../../testing/servers/shared-database.ts";

test("C4, H1: a writer that is closed stores all that it has accepted, and takes nothing more", async () => {
  const database = await openSharedDatabase();
  onTestFinished(() => database.close());
  const agent = await makeAgent(database, database.place);
  const chats = await Promise.all(
    Array.from({ length: 10 }, () => makeClaimedChat(database, database.place, agent)),
  );
  const writer = openWriter(database);
  const append = (chat: Chat, text: string) => writer.append(customerMessage(chat, text));
  // More than one batch, and not more than may wait in one chat.
  const accepted = chats.map((chat) =>
    Promise.all(Array.from({ length: 60 }, (_, number) => append(chat, `${number}`))),
  );
  const closed = writer.close();
  for (const chat of chats) expect(await refusalOf(append(chat, "too late"))).toBe("unavailable");
  await closed;
  for (const [index, chat] of chats.entries()) {
    const seqs = (await accepted[index])?.map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 60 }, (_, number) => number + 3));
    expect(await storedLog(database.sql, chat.id)).toHaveLength(62);
  }
});
