import { expect, test } from "vitest";
import { helpBooks } from "./help-books.ts";
import { sectionOf } from "./section-of.ts";

test("C12: every screen leads to a section of the help that is there", async () => {
  const paths = [
    "/console",
    "/console/chats/1",
    "/console/admin",
    "/console/admin/web-chat/1",
    "/console/admin/users",
    "/console/admin/agent-identities",
    "/console/admin/unattended-chats",
    "/console/admin/tags",
    "/console/admin/customer-data",
    "/console/settings",
    "/console/second-factor",
    "/console/quick-replies",
  ];
  const sections = paths.map(sectionOf);
  expect(new Set(sections).size).toBe(paths.length);
  expect(sectionOf("/console/admin/quick-replies")).toBe("quick-replies");
  const known = (await helpBooks.en.get()).map(({ id }) => id);
  for (const section of sections) expect(known).toContain(section);
});
