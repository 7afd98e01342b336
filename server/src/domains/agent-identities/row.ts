import type { WrittenIdentity } from "@grata/contract/agent-identities";
import { languages } from "@grata/contract/languages";
import type { ShownName } from "@grata/contract/shown-as";
import type { agentIdentities } from "../../foundation/schema/agent-identities.ts";

type Row = Pick<typeof agentIdentities.$inferSelect, "world" | "ownerId" | "names" | "searched">;

/** Columns of an identity as an admin wrote it. */
export function rowOf(written: WrittenIdentity): Row {
  const { world, ownerId } = written;
  const names = namesOf(written);
  const searched = names.map(({ name, line = "" }) => `${name}\n${line}`.trim()).join("\n");
  return { world, ownerId, names, searched: searched.toLowerCase() };
}

/** In the order of the languages, without what is empty. */
function namesOf({ world, name = "", names = {} }: WrittenIdentity): ShownName[] {
  if (world === "wechat") return [{ name }];
  return languages.flatMap((language) => {
    const one = names[language];
    return one ? [{ language, name: one.name, ...(one.line !== "" && { line: one.line }) }] : [];
  });
}
