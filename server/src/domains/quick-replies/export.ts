import { languages } from "@grata/contract/languages";
import { asc } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { quickReplies } from "../../foundation/schema/quick-replies.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { writeCsv } from "./csv-cells.ts";
import { inList, requireList, type Scope } from "./lists.ts";

/** A whole list as a CSV file, which the import takes back as it is. */
export function exportQuickReplies(storage: Storage, asker: Asker, scope: Scope): Promise<string> {
  const list = requireList(asker, scope);
  return storage.inOrganisation(list.organisationId, async (transaction) => {
    const rows = await transaction
      .select()
      .from(quickReplies)
      .where(inList(list))
      .orderBy(asc(quickReplies.key))
      .limit(list.limit);
    return writeCsv([
      ["name", "category", ...languages],
      ...rows.map(({ name, category, texts }) => [
        name,
        category,
        ...languages.map((language) => texts[language] ?? ""),
      ]),
    ]);
  });
}
