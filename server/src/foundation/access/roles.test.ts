import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { heldPermissions } from "@grata/contract/permissions";
import { role } from "@grata/contract/team";
import { expect, test } from "vitest";
import { repositoryFolder } from "../configuration/repository.ts";
import { holds, permissionsHeldBy, rolesWith } from "./roles.ts";

test("B1: an admin holds every permission, an agent none of those that roles differ by", () => {
  expect(permissionsHeldBy("admin")).toEqual([...heldPermissions]);
  expect(permissionsHeldBy("agent")).toEqual([]);
  for (const permission of heldPermissions) {
    expect(role.options.filter((name) => holds({ role: name }, permission))).toEqual(rolesWith(permission));
  }
});

test("no code outside of the access folder compares a role's name", () => {
  const sources = ["server/src", "console/src"].flatMap((folder) =>
    readdirSync(join(repositoryFolder, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|(^|\/)(testing|access)\//.test(file))
      .map((file) => join(folder, file)),
  );
  const comparing = sources.filter((file) =>
    /[rR]ole\)?\s*[!=]==\s*["']|users\.role,\s*["']/.test(readFileSync(join(repositoryFolder, file), "utf8")),
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(comparing).toEqual([]);
});
