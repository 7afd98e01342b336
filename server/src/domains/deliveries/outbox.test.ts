import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { storedLog } from "../../../testing/checks/stored.ts";
import { makeChannel } from "../../../testing/outside/channel.ts";
import { startWithChannel } from "../../../testing/scenes/deliveries.ts";
import { agentMessage, openWriter } from "../../../testing/scenes/writers.ts";

/** Decision 5: what must happen after a commit is stored with it. */
const channel = makeChannel();
let grata: Awaited<ReturnType<typeof startWithChannel>>;

beforeAll(async () => {
  grata = await startWithChannel(channel);
  // Two ways in which a transaction may fail after our last statement, or in it.
  await grata.sql.query(`
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'by the test'; END $$;
    CREATE CONSTRAINT TRIGGER fail_at_commit AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.occurrence ->> 'text' = 'fails at the commit') EXECUTE FUNCTION fail();
    CREATE FUNCTION fail_for_fourth() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.seq = 4 THEN RAISE 'by the test'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER fail_in_outbox BEFORE INSERT ON deliveries FOR EACH ROW EXECUTE FUNCTION fail_for_fourth();`);
});
afterAll(() => grata.stop());

describe("an entry and its row in the outbox", () => {
  test("C4, H1: are both gone when the commit fails", async () => {
    const chat = await grata.makeChat();
    await expect(grata.write(chat, "fails at the commit")).rejects.toThrow();
    expect(await storedLog(grata.sql, chat.id)).toHaveLength(2);
    expect(await grata.waiting()).toBe(0);
    const lanes = await grata.sql.query("SELECT FROM lanes WHERE customer_id = $1", [
      chat.visitor.customerId,
    ]);
    expect(lanes.rowCount).toBe(0);
    await grata.write(chat, "goes out");
    await eventually(() => expect(channel.sentTo(chat.visitor.customerId)).toEqual(["goes out"]));
  });

  test("C4, H1: are both not there when the outbox does not take its row", async () => {
    const chat = await grata.makeChat();
    await grata.write(chat, "third");
    await expect(grata.write(chat, "fourth")).rejects.toThrow();
    expect((await storedLog(grata.sql, chat.id)).map(({ text }) => text)).toEqual(["Hello", null, "third"]);
  });

  test("C4, H1: found by the next look when the node died between its commit and its word to the worker", async () => {
    const chat = await grata.makeChat();
    // Its publish wakes nobody, as if the process had ended right after the commit.
    const mute = openWriter(grata.node, "push");
    await mute.append(agentMessage(chat, grata.agent, "Is anybody looking?"));
    await mute.close();
    await eventually(() => expect(channel.sentTo(chat.visitor.customerId)).toEqual(["Is anybody looking?"]));
  });
});
