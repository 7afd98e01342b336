import { expect, test } from "vitest";
import { readListFile } from "./read-list-file.ts";

test("B3: a list is read whether a spreadsheet saved it as UTF-8 or as GB 18030", () => {
  expect(readListFile(new TextEncoder().encode("林梅,mei@example.com").buffer)).toBe("林梅,mei@example.com");
  expect(readListFile(new Uint8Array([0xc1, 0xd6, 0xc3, 0xb7]).buffer)).toBe("林梅");
});
