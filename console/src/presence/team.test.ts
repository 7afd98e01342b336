import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { settle, startLiveSession } from "../live/testing/live-session.ts";
import { type Colleague, inTeamOrder, teamOf } from "./team.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const mei: Colleague = { id: "33333333-3333-4333-8333-333333333333", name: "Mei", presence: "online" };
const ada: Colleague = { id: "44444444-4444-4444-8444-444444444444", name: "Ada", presence: "offline" };

async function start() {
  const held = [mei];
  const { live, server } = startLiveSession({ "presence.list": () => ({ users: [...held] }) });
  const team = teamOf(live);
  server.enter("open");
  await settle();
  const presences = () =>
    [...team.snapshot().users.values()].map(({ name, presence }) => `${name} ${presence}`);
  return { live, server, held, team, presences };
}

test("C11: the team is kept true by the news, and asked for again when the line comes back", async () => {
  const { server, held, presences } = await start();
  expect(presences()).toEqual(["Mei online"]);
  server.tell({ type: "presence", changes: [{ userId: mei.id, presence: "paused" }] });
  expect(presences()).toEqual(["Mei paused"]);
  server.enter("lost");
  held[0] = { ...mei, presence: "offline" };
  server.enter("open");
  await settle();
  expect(presences()).toEqual(["Mei offline"]);
});

test("C11: somebody who is new in the team appears when they come", async () => {
  const { server, held, presences } = await start();
  held.push({ ...ada, presence: "online" });
  server.tell({ type: "presence", changes: [{ userId: ada.id, presence: "online" }] });
  await settle();
  expect(presences()).toEqual(["Mei online", "Ada online"]);
});

test("C11: whoever is there stands first, and of each kind by name", () => {
  const users = [
    { ...ada, id: "1", name: "Ångström", presence: "online" as const },
    { ...ada, id: "2", name: "Zoe", presence: "online" as const },
    { ...ada, id: "3", name: "Bo", presence: "paused" as const },
    ada,
  ];
  const names = (language: "en" | "zh-Hans") =>
    inTeamOrder(users.toReversed(), language).map(({ name }) => name);
  expect(names("en")).toEqual(["Ångström", "Zoe", "Bo", "Ada"]);
  expect(names("zh-Hans")).toEqual(["Ångström", "Zoe", "Bo", "Ada"]);
});
