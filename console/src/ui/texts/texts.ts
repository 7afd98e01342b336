import type { Late } from "@grata/client/browser/late";
import type { Language } from "@grata/contract/languages";
import { attemptsAllowed, numberFormats } from "@grata/contract/sign-in-attempts";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { late, untilHere } from "../late/late.ts";
import { localTexts } from "../store/browser-storage.ts";
import { chooseLanguage } from "./choose-language.ts";

const choiceKey = "grata:language";

interface Book {
  default: object;
}

/** One part's sentences in each language. */
type PartBooks = Record<Language, () => Promise<Book>>;

/** The parts of the console that were loaded since, each with sentences of its own. */
const parts = new Map<string, PartBooks>();

/** The page's sentences and the server's in one language, fetched when somebody reads it. */
const books: Record<Language, Late<[Book, Book]>> = {
  en: late(() => Promise.all([import("./en.json"), import("@grata/contract/sentences/errors.en.json")])),
  "zh-Hans": late(() =>
    Promise.all([import("./zh-Hans.json"), import("@grata/contract/sentences/errors.zh-Hans.json")]),
  ),
  "zh-Hant": late(() =>
    Promise.all([import("./zh-Hant.json"), import("@grata/contract/sentences/errors.zh-Hant.json")]),
  ),
};

/** Loads the texts of the reader's language, however long it takes; pages may be rendered after it. */
export async function startTexts(): Promise<void> {
  const chosen = wishedLanguage(null);
  await i18next.use(initReactI18next).init({
    lng: chosen,
    resources: { [chosen]: resources(await untilHere(books[chosen])) },
    ns: ["console", "errors"],
    defaultNS: "console",
    fallbackLng: false,
    // React escapes what it renders.
    interpolation: { escapeValue: false, defaultVariables: { attempts: attemptsAllowed } },
  });
  for (const [name, format] of Object.entries(numberFormats)) {
    i18next.services.formatter?.add(name, (count: number) => format(count, currentLanguage()));
  }
  document.documentElement.lang = chosen;
}

/** Shows everything in the language that the reader chose, and remembers the choice in this browser. */
export async function switchLanguage(chosen: Language): Promise<void> {
  await show(chosen);
  localTexts.write(choiceKey, chosen);
}

/** Shows everything in the signed-in user's own language. */
export async function readInOwnLanguage(own: Language): Promise<void> {
  await show(wishedLanguage(own));
}

/**
 * The texts of a part of the console that is itself loaded late, as `latePart` takes them: what it calls to load them.
 * They follow the reader's language from then on.
 */
export function partTexts(namespace: string, books: PartBooks): () => Promise<void> {
  return async () => {
    parts.set(namespace, books);
    await loadParts(currentLanguage());
  };
}

async function loadParts(language: Language): Promise<void> {
  const missing = [...parts].filter(([namespace]) => !i18next.hasResourceBundle(language, namespace));
  await Promise.all(
    missing.map(async ([namespace, books]) =>
      i18next.addResourceBundle(language, namespace, (await books[language]()).default),
    ),
  );
}

function resources([console, errors]: [Book, Book]) {
  return { console: console.default, errors: errors.default };
}

/** The language on screen now. */
export function currentLanguage(): Language {
  return chooseLanguage({ chosen: i18next.language, own: null, browser: [] });
}

function wishedLanguage(own: Language | null): Language {
  return chooseLanguage({ chosen: localTexts.read(choiceKey), own, browser: navigator.languages });
}

/** The last language asked for: the texts of an earlier wish may arrive after those of a later one. */
let latestWish: Language | null = null;

async function show(wanted: Language): Promise<void> {
  latestWish = wanted;
  if (!i18next.hasResourceBundle(wanted, "console")) {
    const texts = resources(await books[wanted].get());
    i18next.addResourceBundle(wanted, "console", texts.console);
    i18next.addResourceBundle(wanted, "errors", texts.errors);
  }
  await loadParts(wanted);
  if (latestWish !== wanted) {
    return;
  }
  await i18next.changeLanguage(wanted);
  document.documentElement.lang = wanted;
}
