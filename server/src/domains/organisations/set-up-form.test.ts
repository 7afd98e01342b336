import { languages } from "@grata/contract/languages";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { contentsOf } from "../../../testing/checks/contents.ts";
import { failureIn } from "../../../testing/checks/http.ts";
import { form, pictures, setUpWith } from "../../../testing/scenes/set-up.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { sentenceOf } from "../../foundation/refusal/sentences.ts";

let node: TestNode;
let before: Record<string, string[]>;

beforeAll(async () => {
  node = await startTestNode();
  before = await contentsOf(node.databaseUrl);
});
afterAll(() => node.stop());

/** The code for one wrong field, after it is sure that nothing was made. */
async function refusalOf(field: string, value: unknown) {
  const answer = await setUpWith(node, { [field]: value });
  const failure = failureIn(answer);
  expect(await contentsOf(node.databaseUrl)).toEqual(before);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(Object.keys(failure.fields ?? {})).toEqual([field]);
  expect(failure.fields?.[field]?.code).toBe(failure.code);
  return failure.code;
}

const longName = "n".repeat(121);
const wrong: [field: string, what: string, value: unknown, code: string][] = [
  ...["organisation", "name"].flatMap((field): typeof wrong => [
    [field, "empty", "", "name_empty"],
    [field, "blank", " \u3000\t ", "name_empty"],
    [field, "too long", longName, "name_too_long"],
    [field, "two lines", "Ada\nAdmin", "name_not_text"],
    [field, "a control character", "Ada\u0007", "name_not_text"],
    [field, "a later control character", "Ada\u009bAdmin", "name_not_text"],
    [field, "NUL", "Ada\0Admin", "name_not_text"],
    [field, "half a character", "Ada \ud83d Admin", "name_not_text"],
  ]),
  ["email", "empty", "", "email_invalid"],
  ["email", "no address", "ada at tea.example", "email_invalid"],
  ["email", "two addresses", "ada@tea.example,eve@tea.example", "email_invalid"],
  ["email", "a line of a mail's head", "ada@tea.example\r\nBcc: eve@tea.example", "email_invalid"],
  ["email", "too long", `${"a".repeat(250)}@tea.example`, "email_invalid"],
  ["email", "NUL", "ada\0@tea.example", "email_invalid"],
  ["email", "half a character", "ada\udc00@tea.example", "email_invalid"],
  ["password", "14 characters", "fourteen chars", "password_too_short"],
  ["password", "14 characters of two units each", "🍵🫖🍶🥢🍚🍜🍥🥟🍡🍘🍙🍢🍣🍤", "password_too_short"],
  ["password", "257 characters", pictures(257), "password_too_long"],
  ["password", "NUL", "a slow kettle\0 1", "password_not_text"],
  ["password", "half a character", "a slow kettle \ud83d 1", "password_not_text"],
  ["password", "a known one", "1qaz2wsx3edc4rfv", "password_common"],
  ["password", "a known one in capitals and with spaces", "1QAZ 2WSX 3EDC 4RFV", "password_common"],
  ["password", "two known ones in a row", "sunshinepassword1", "password_common"],
  ["password", "the address", form.email, "password_common"],
  ["password", "the address in capitals and a little more", "Ada@Tea.Example1", "password_common"],
  ["password", "the two names", "Tea House 茶馆 Ada Admin", "password_common"],
  ["password", "one character again and again", "a".repeat(20), "password_common"],
  ["password", "one picture again and again", "🍵".repeat(20), "password_common"],
  ["password", "four characters again and again", "tea!tea!tea!tea!tea", "password_common"],
  ["password", "the alphabet", "abcdefghijklmnop", "password_common"],
  ["password", "the alphabet backwards", "zyxwvutsrqponmlk", "password_common"],
  ["language", "unknown", "tlh", "request_invalid"],
  ["language", "NUL", "en\0", "request_invalid"],
];

describe("the set-up form", () => {
  test.each(wrong)("A3: refuses as %s: %s, and makes nothing", async (field, _what, value, code) => {
    expect(await refusalOf(field, value)).toBe(code);
  });

  test.each(Object.keys(form))("A3: refuses to go without %s, and makes nothing", async (field) => {
    await refusalOf(field, undefined);
  });

  test("A3: names everything that is wrong at once, in the reader's language", async () => {
    for (const language of languages) {
      const answer = await setUpWith(
        node,
        { name: "", email: "ada", password: "short" },
        { "accept-language": language },
      );
      expect(failureIn(answer)).toEqual({
        code: "request_invalid",
        message: sentenceOf("request_invalid", language),
        fields: {
          name: { code: "name_empty", message: sentenceOf("name_empty", language) },
          email: { code: "email_invalid", message: sentenceOf("email_invalid", language) },
          password: { code: "password_too_short", message: sentenceOf("password_too_short", language) },
        },
      });
    }
    expect(await contentsOf(node.databaseUrl)).toEqual(before);
  });
});

test.each([
  ["Asia/Shanghai", "Asia/Shanghai"],
  ["Moon/Tranquility", "UTC"],
])(
  "C6, A1: the organisation begins with the zone of the browser, %s, and the language of its admin",
  async (timeZone, kept) => {
    const fresh = await startTestNode();
    onTestFinished(() => fresh.stop());
    const answer = await setUpWith(fresh, { timeZone, language: "zh-Hant" });
    expect(JSON.parse(answer.text).organisation).toMatchObject({
      timeZone: kept,
      defaultLanguage: "zh-Hant",
    });
  },
);
