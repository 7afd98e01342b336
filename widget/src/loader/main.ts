/**
 * The one line in a shop's page ends here: a round button, and the chat window in an iframe once it is pressed. It is
 * a guest: it throws nothing, changes nothing of the page, and does nothing a second time.
 */
import { chooseLanguage } from "../language.ts";
import { createLauncher } from "./launcher.ts";
import { safely } from "./safely.ts";
import { findSnippet } from "./snippet.ts";

const marker = Symbol.for("grata.webchat");

safely(() => {
  // Only while it runs is the script `document.currentScript`.
  const snippet = findSnippet();
  if (!snippet || Reflect.has(window, marker)) {
    return;
  }
  Reflect.set(window, marker, true);
  const start = safely(() => createLauncher(snippet, chooseLanguage(navigator.languages)));
  if (document.body) {
    start();
  } else {
    addEventListener("DOMContentLoaded", start);
  }
})();
