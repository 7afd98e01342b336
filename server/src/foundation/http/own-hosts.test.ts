import { expect, test } from "vitest";
import { Refusal } from "../refusal/refusal.ts";
import type { Storage } from "../storage/storage.ts";
import { createEntrances } from "./entrances.ts";
import { createOwnHosts, hostIn } from "./own-hosts.ts";

const entrances = createEntrances(["https://chat.example"], () => 0);

/** A database whose answers come when and as the test says. */
function database() {
  const waiting: { answer(hosts: string[]): void; fail(): void }[] = [];
  const system = () =>
    new Promise<{ host: string; organisation_id: string }[]>((resolve, reject) => {
      waiting.push({
        answer: (hosts) => resolve(hosts.map((host) => ({ host, organisation_id: `of ${host}` }))),
        fail: () => reject(new Refusal("unavailable")),
      });
    });
  return { waiting, storage: { system } as unknown as Pick<Storage, "system"> };
}

test("A4: however many names are made up, they cost one query together, and entrances none at all", async () => {
  const { waiting, storage } = database();
  const hosts = createOwnHosts(storage, entrances);
  expect(await hosts.find("CHAT.example:443")).toBeNull();
  expect(await hosts.find(undefined)).toBeNull();
  expect(waiting).toHaveLength(0);
  const found = Promise.all(
    Array.from({ length: 500 }, (_, index) => hosts.find(`made-up-${index}.example`)),
  );
  waiting[0]?.answer(["own.example"]);
  expect(new Set(await found)).toEqual(new Set([null]));
  expect(await hosts.find("own.example:8080")).toBe("of own.example");
  expect(waiting).toHaveLength(1);
});

test("A4: what was asked before a change does not last after it", async () => {
  const { waiting, storage } = database();
  const hosts = createOwnHosts(storage, entrances);
  const before = hosts.find("own.example");
  hosts.forget();
  const after = hosts.find("own.example");
  waiting[1]?.answer(["own.example"]);
  expect(await after).toBe("of own.example");
  waiting[0]?.answer([]);
  expect(await before).toBeNull();
  expect(await hosts.find("own.example")).toBe("of own.example");
  expect(waiting).toHaveLength(2);
});

test("A4: while the database is away what is known counts, and where nothing is known nobody is let in", async () => {
  const { waiting, storage } = database();
  const hosts = createOwnHosts(storage, entrances);
  const first = hosts.find("own.example");
  waiting[0]?.fail();
  await expect(first).rejects.toThrow(Refusal);
  const second = hosts.find("own.example");
  waiting[1]?.answer(["own.example"]);
  expect(await second).toBe("of own.example");
  hosts.forget();
  const third = hosts.find("own.example");
  waiting[2]?.fail();
  expect(await third).toBe("of own.example");
});

test.each([
  ["Chat.Tea.example:8080", "chat.tea.example"],
  ["chat.tea.example.", "chat.tea.example"],
  ["chat.tea.example.:443", "chat.tea.example"],
  ["[::1]:3000", "[::1]"],
  ["[::1]", "[::1]"],
  ["", ""],
  [undefined, ""],
])("A4: the name in the Host header %j is %j", (header, name) => {
  expect(hostIn(header)).toBe(name);
});
