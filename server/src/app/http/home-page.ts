import { escapeAttribute, type Page } from "../../foundation/http/page.ts";

/** What stands between these is there for each entrance; the part around them only when there are several. */
const part = /<!--entrances-->(.*?)<!--\/entrances-->/s;
const item = /<!--entrance-->(.*?)<!--\/entrance-->/s;

/** The home page in one language, with the entrances to choose from, if there is a choice. */
export function homePage(language: string, choice: string[]): Page {
  return {
    file: `console/dist/home.${language}.html`,
    frameAncestors: "'none'",
    connect: choice,
    prepare: (html) => html.replace(part, (_whole, inner: string) => withItems(inner, choice)),
  };
}

function withItems(inner: string, choice: string[]): string {
  if (choice.length === 0) return "";
  return inner.replace(item, (_whole, one: string) =>
    choice
      .map((address) =>
        one
          .replaceAll("__ADDRESS__", () => escapeAttribute(address))
          .replaceAll("__HOST__", () => escapeAttribute(new URL(address).host)),
      )
      .join(""),
  );
}
