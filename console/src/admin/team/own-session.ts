import type { Language } from "@grata/contract/languages";
import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "../../session/session-query.ts";

/** The id of the admin who looks at this page. */
export function useMe(): string {
  return useQuery(sessionQuery).data?.user.id ?? "";
}

/** The language in which people are invited unless the admin chooses another. */
export function useDefaultLanguage(): Language {
  return useQuery(sessionQuery).data?.organisation.defaultLanguage ?? "en";
}
