import type { Language } from "@grata/contract/languages";
import type { Choice } from "@grata/contract/quick-replies";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLive } from "../../live/live-provider.tsx";
import { queryClient, sessionQuery } from "../../session/session-query.ts";
import { givenName } from "../../ui/names/customer-name.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useLanguage } from "../../ui/texts/use-language.ts";
import { fillVariables } from "./fill-variables.ts";
import { choicesQuery } from "./requests.ts";
import { textFor } from "./text-for.ts";

/** The typing rests for so long before the server is asked, in milliseconds. */
const REST = 100;

/** A quick reply as it would stand in the composer. */
export interface Offer {
  choice: Choice;
  text: string;
  language: Language;
}

/** What fits to what was typed, each in the language that is wanted, for the customer of this chat. */
export function useChoices(conversationId: string, typed: string) {
  const { current } = useLive();
  const { data: session } = useQuery(sessionQuery);
  const own = useLanguage();
  const [chosen, setChosen] = useState<Language | null>(null);
  const [settled] = useDebouncedValue(typed, REST);
  const query = useQuery(choicesQuery(conversationId, settled));
  const wanted = chosen ?? query.data?.customerLanguage ?? own;

  function offerOf(choice: Choice, language = wanted): Offer {
    const found = textFor(choice.texts, language, own);
    const customer = current.find(conversationId)?.customer;
    const names = {
      agentname: plainLine(session?.user.name ?? ""),
      username: (customer && givenName(customer)) ?? null,
    };
    return { choice, ...found, text: fillVariables(found.text, found.language, names) };
  }

  return {
    offers: (query.data?.choices ?? []).map((choice) => offerOf(choice)),
    total: query.data?.total ?? 0,
    language: wanted,
    setLanguage: setChosen,
    error: query.error,
    retry: () => void query.refetch(),
    pending: query.isPending,
    /** Whether the offers are those for what is typed, and not still those for what was. */
    upToDate: query.isSuccess && !query.isPlaceholderData && settled === typed,
    /** The best offer for what is typed, as soon as it is known. */
    async best(): Promise<Offer | null> {
      const found = await queryClient.fetchQuery(choicesQuery(conversationId, typed));
      const [first] = found.choices;
      return first === undefined ? null : offerOf(first, chosen ?? found.customerLanguage ?? own);
    },
  };
}
