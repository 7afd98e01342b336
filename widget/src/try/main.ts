/** The page to try the chat window on: fills in its texts, and shows the line that it carries itself. */
import { chooseLanguage } from "../texts/language.ts";
import { loadTexts } from "../texts/load.ts";

const texts: Record<string, string> = (await loadTexts(chooseLanguage(navigator.languages))).tryPage;
for (const element of document.querySelectorAll("[data-text]")) {
  element.textContent = texts[element.getAttribute("data-text") ?? ""] ?? "";
}

const carried = document.querySelector<HTMLScriptElement>('script[src$="/loader.js"]');
const shown = document.querySelector("#snippet");
if (carried && shown) {
  shown.textContent = `<script async src="${carried.src}"></script>`;
}

const main = document.querySelector("main");
if (main) {
  main.hidden = false;
}
