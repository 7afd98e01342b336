/**
 * The one line in a shop's page ends here: a round button, and the chat window in an iframe once it is opened. It is
 * a guest: it throws nothing, changes nothing of the page, and does nothing a second time.
 */
import type { PageFunctions } from "@grata/contract/embedding";
import { chooseLanguage } from "../texts/language.ts";
import { createLauncher } from "./launcher.ts";
import { safely } from "./safely.ts";
import { mayCarry, readSnippet } from "./settings.ts";
import { texts } from "./texts.ts";

declare global {
  interface Window {
    grata?: PageFunctions;
  }
}

const marker = Symbol.for("grata.webchat");

safely(() => {
  if (Reflect.has(window, marker)) {
    return;
  }
  Reflect.set(window, marker, true);
  // Only while it runs is the script `document.currentScript`.
  const snippet = readSnippet();
  const language = chooseLanguage(navigator.languages);
  if (!mayCarry(snippet, location.origin)) {
    // biome-ignore lint/suspicious/noConsole: It is for whoever put it here; a visitor can do nothing about it.
    console.warn(texts[language].forbidden.replace("{origin}", location.origin));
    return;
  }
  const start = safely(() => {
    window.grata = createLauncher(snippet, language);
    dispatchEvent(new CustomEvent("grataReady"));
  });
  if (document.body) {
    start();
  } else {
    addEventListener("DOMContentLoaded", start);
  }
})();
