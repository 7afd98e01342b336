import { expect, test } from "vitest";
import { type Command, type CommandGroup, findCommands } from "./find-commands.ts";

const command = (group: CommandGroup, label: string, hint?: string): Command => ({
  id: `${group} ${label}`,
  group,
  label,
  run: () => undefined,
  ...(hint !== undefined && { hint }),
});
const all = [
  command("chats", "Mei Lin", "is it in stock?"),
  command("chats", "Ola Settings"),
  command("waiting", "Mei"),
  command("actions", "Show the wait list"),
  command("pages", "My Settings"),
];
const labels = (search: string) =>
  findCommands(search, all).map((one) => one.commands.map(({ label }) => label));

test("C10: without a search everything is there, group by group", () => {
  expect(findCommands("", all).map(({ group }) => group)).toEqual(["chats", "waiting", "actions", "pages"]);
  const many = Array.from({ length: 30 }, (_, number) => command("chats", `Customer ${number}`));
  expect(findCommands(" ", many)[0]?.commands).toHaveLength(5);
  expect(findCommands("customer", many)[0]?.commands).toHaveLength(8);
});

test("C10: the best answer comes first, whatever its group", () => {
  expect(labels("mei")).toEqual([["Mei"], ["Mei Lin"]]);
  expect(labels("my set")[0]).toEqual(["My Settings"]);
});

test("C10: what a customer said finds their chat, behind those who are called so", () => {
  expect(labels("stock")).toEqual([["Mei Lin"]]);
  expect(labels("nothing of this")).toEqual([]);
});
