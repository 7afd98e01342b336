import { expect, inject, onTestFinished, test } from "vitest";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { expectDenseLogs } from "../../../../testing/checks/stored.ts";
import { connectAgent, connectVisitor, newClientId } from "../../../../testing/scenes/people.ts";
import { runProgram } from "../../../../testing/servers/program.ts";
import { openSharedDatabase } from "../../../../testing/servers/shared-database.ts";

/** Two nodes, each a process of its own, of which one dies as by a power failure and takes the agent with it. */
test("C15, H1: customers whose agent was on a node that is killed go back, also over a restart of the other node", async () => {
  const database = await openSharedDatabase();
  const { sql, place } = database;
  const environment = { DATABASE_URL: database.url, REDIS_URL: inject("redisUrl") };
  const [one, other] = [runProgram(environment), runProgram(environment)];
  await Promise.all([one.ready(), other.ready()]);
  onTestFinished(async () => {
    await Promise.all([one.kill(), other.kill()]);
    await database.close();
  });
  const on = (node: typeof one) => ({ services: database.services, url: node.url() });
  await sql.query("UPDATE organisations SET absence_seconds = 10 WHERE organisation_id = $1", [
    place.organisationId,
  ]);
  const agent = await connectAgent(on(one), place.organisationId);
  const ids: string[] = [];
  for (const text of ["first", "second"]) {
    const customer = await connectVisitor(on(other), place.channelId);
    const { conversation } = await customer.request("conversation.open", { clientId: newClientId(), text });
    await agent.request("conversation.claim", { conversationId: conversation.id });
    customer.close();
    ids.push(conversation.id);
  }
  await one.kill();
  agent.close();
  const absent = async () =>
    (await sql.query("SELECT FROM absences WHERE since IS NOT NULL AND user_id = $1", [agent.userId]))
      .rowCount;
  await eventually(async () => expect(await absent()).toBe(1), 40_000);
  // An absence outlives the node that noted it.
  await other.kill();
  const next = runProgram(environment);
  onTestFinished(() => next.kill());
  await next.ready();
  const colleague = await connectAgent(on(next), place.organisationId);
  onTestFinished(() => colleague.close());
  await eventually(async () => {
    const { conversations } = await colleague.request("waiting.list", {});
    expect(conversations.map(({ id }) => id)).toEqual(ids);
  }, 40_000);
  await expectDenseLogs(sql);
});
