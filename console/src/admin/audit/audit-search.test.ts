import { expect, test } from "vitest";
import { queryOf, readAuditSearch } from "./audit-search.ts";

const actorId = "22222222-2222-4222-8222-222222222222";

test("H3: the address of the audit log keeps its filters", () => {
  const search = {
    actorId,
    targetId: actorId,
    action: "user.disabled",
    from: "2026-11-01",
    until: "2026-11-22",
  };
  expect(readAuditSearch(search)).toEqual(search);
});

test.each([
  { actorId: "me", targetId: 5, action: "everything", from: "yesterday", until: 20261122 },
  { action: "user.disabled&x=1", from: "2026-11-1" },
])("H3: the address of the audit log leaves out what does not belong there: %j", (address) => {
  expect(readAuditSearch(address)).toEqual({});
});

test("H3: days are those of the reader, and the last one counts", () => {
  expect(queryOf({ actorId, from: "2026-11-22", until: "2026-11-22" }, "Asia/Shanghai")).toEqual({
    actorId,
    from: String(Date.parse("2026-11-21T16:00Z")),
    to: String(Date.parse("2026-11-22T16:00Z")),
  });
});
