import { expect, inject, onTestFinished, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { connectAgent, connectUser, connectVisitor, makeUser } from "../../testing/scenes/people.ts";
import { runProgram } from "../../testing/servers/program.ts";
import { openSharedDatabase } from "../../testing/servers/shared-database.ts";

/** Two nodes, each a process of its own, of which one dies as by a power failure. */
test("C11, H1: whoever was on a node that is killed goes offline for all; whoever comes back elsewhere does not", async () => {
  const database = await openSharedDatabase();
  const environment = { DATABASE_URL: database.url, REDIS_URL: inject("redisUrl") };
  const [one, other] = [runProgram(environment), runProgram(environment)];
  await Promise.all([one.ready(), other.ready()]);
  onTestFinished(async () => {
    await Promise.all([one.kill(), other.kill()]);
    await database.close();
  });
  const { organisationId, channelId } = database.place;
  const on = (node: typeof one) => ({ services: database.services, url: node.url() });
  const lost = await connectAgent(on(one), organisationId);
  const moving = await makeUser(database, organisationId);
  const moved = await connectUser(on(one), moving.cookie);
  const watcher = await connectAgent(on(other), organisationId);
  await watcher.request("presence.pause", { paused: true });
  const visitor = await connectVisitor(on(other), channelId);
  const staffed = async () => (await visitor.request("conversation.mine", {})).staffed;
  const presenceOf = async (userId: string) =>
    (await watcher.request("presence.list", {})).users.find(({ id }) => id === userId)?.presence;
  for (const userId of [lost.userId, moving.userId]) {
    await eventually(async () => expect(await presenceOf(userId)).toBe("online"));
  }
  expect(await staffed()).toBe(true);
  await one.kill();
  lost.close();
  moved.close();
  const back = await connectUser(on(other), moving.cookie);
  await eventually(async () => expect(await presenceOf(lost.userId)).toBe("offline"), 40_000);
  expect(JSON.stringify(watcher.news)).not.toContain(`{"userId":"${moving.userId}","presence":"offline"}`);
  expect(await staffed()).toBe(true);
  // Nobody is left but somebody who pauses.
  back.close();
  await eventually(async () => expect(await staffed()).toBe(false), 20_000);
  for (const person of [watcher, visitor]) person.close();
});
