import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const folder = new URL("./src/home/", import.meta.url);
const templates = ["home", "refusal"];

/**
 * Makes one page for each language from the built `home.html`, and from `refusal.html`: nobody waits for a script to
 * read a few sentences, and `{{key}}` in the page is the sentence of that name in `src/home/texts.<language>.json`.
 * Fails for a key without a sentence.
 */
export function homePages(): Plugin {
  return {
    name: "grata:home-pages",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const template of templates) {
          const built = bundle[`${template}.html`];
          if (built?.type !== "asset") return this.error(`There is no ${template}.html to make pages of.`);
          for (const [language, texts] of allTexts()) {
            const source = withLanguage(String(built.source), language).replaceAll(
              /\{\{(\w+)\}\}/g,
              (_match, key: string) => {
                const text = texts[key];
                return text === undefined
                  ? this.error(`The page ${template}.html has no ${key} in ${language}.`)
                  : escaped(text);
              },
            );
            this.emitFile({ type: "asset", fileName: `${template}.${language}.html`, source });
          }
          delete bundle[`${template}.html`];
        }
      },
    },
  };
}

function allTexts(): [language: string, texts: Record<string, string>][] {
  return readdirSync(folder).flatMap((name) => {
    const [, language] = /^texts\.(.+)\.json$/.exec(name) ?? [];
    return language === undefined
      ? []
      : [[language, JSON.parse(readFileSync(new URL(name, folder), "utf8"))]];
  });
}

const withLanguage = (page: string, language: string) =>
  page.replace('<html lang="en">', `<html lang="${language}">`);

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
