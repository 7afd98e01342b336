import type { Language } from "@grata/contract/languages";

/** What stands for the variables of a quick reply. */
export interface Variables {
  agentname: string;
  /** Null: nobody knows it, and the text says what suits everybody. */
  username: string | null;
}

/** The variables, in any case; `$usernames` is a word of its own, `$username您好` is not. */
const variable = /\$(agentname|username)(?![a-z0-9_])/gi;

const greeting = /\b(?:hi|hello|hey|welcome|morning|afternoon|evening)\s+$/i;

/** A text with its variables filled in, once: what a name brings along is a name, whatever it looks like. */
export function fillVariables(text: string, language: Language, { agentname, username }: Variables): string {
  return text.replace(variable, (_whole, name: string, place: number) =>
    name.toLowerCase() === "agentname"
      ? agentname
      : (username ?? neutralName(language, text.slice(0, place))),
  );
}

/** How a customer without a name is addressed: "Hello there", but "Dear customer". */
function neutralName(language: Language, before: string): string {
  switch (language) {
    case "en":
      return greeting.test(before) ? "there" : "customer";
    case "zh-Hans":
      return "客户";
    case "zh-Hant":
      return "客戶";
  }
}
