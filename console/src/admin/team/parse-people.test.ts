import { describe, expect, test } from "vitest";
import { parsePeople } from "./parse-people.ts";

const words = {
  roles: new Map([
    ["agent", "agent"],
    ["admin", "admin"],
    ["管理员", "admin"],
  ]),
  languages: new Map([
    ["en", "en"],
    ["简体中文", "zh-Hans"],
  ]),
};
const parse = (text: string) => parsePeople(text, words);

describe("B3: a list of people", () => {
  test.each([
    "Mei Lin, mei@example.com",
    "mei@example.com\tMei Lin",
    "Mei Lin <mei@example.com>",
    '"Mei Lin" <mei@example.com>;',
    '"mei@example.com";"Mei Lin"',
    "Mei Lin，mei@example.com",
    "  Mei Lin ,  mei@example.com  ,",
  ])("has somebody in %j", (text) => {
    expect(parse(text)).toEqual([
      { line: 1, name: "Mei Lin", email: "mei@example.com", role: null, language: null, unknown: null },
    ]);
  });

  test("may name role and language, in any order and in the words on screen", () => {
    expect(parse("Mei,管理员,mei@example.com,简体中文")).toMatchObject([
      { role: "admin", language: "zh-Hans" },
    ]);
    expect(parse("EN,AGENT,mei@example.com,Mei")).toMatchObject([
      { name: "Mei", role: "agent", language: "en" },
    ]);
  });

  test.each([
    ["Mei Lin, mei@example.com, supervisor", "supervisor"],
    ["mei@example.com\tMei Lin\tSupervisor\ten", "Supervisor"],
    ["admin, Mei Lin, mei@example.com, agent", "agent"],
    ["Mei Lin, mei@example.com, mei@example.org", "mei@example.org"],
    ["Mei Lin, 主管, mei@example.com, 简体中文, Team 3", "主管"],
  ])("B3: says which word of %j it does not know, and takes it for nothing else", (text, unknown) => {
    expect(parse(text)).toMatchObject([{ name: "Mei Lin", email: "mei@example.com", unknown }]);
  });

  test("keeps a comma and a quote inside quotes", () => {
    expect(parse('"Lin, ""Mei""",mei@example.com')).toMatchObject([{ name: 'Lin, "Mei"' }]);
  });

  test("counts lines as an editor does, whatever ends them, and passes over heading and empty ones", () => {
    const people = parse("\uFEFFname,email\r\n\r\nMei,mei@example.com\rBo,bo@example.com\n");
    expect(people.map(({ line, name }) => [line, name])).toEqual([
      [3, "Mei"],
      [4, "Bo"],
    ]);
  });

  test("keeps a line that has no address, to be told about it", () => {
    expect(parse("Mei,mei@example.com\nBo")).toMatchObject([{}, { line: 2, name: "Bo", email: "" }]);
    expect(parse("only a name")).toMatchObject([{ name: "only a name", email: "" }]);
  });

  test("is empty when nothing was written", () => {
    expect(parse(" \n\t\n")).toEqual([]);
  });
});
