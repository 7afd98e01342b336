/** The customer's side of a test of the console: the real chat window, and a button that writes for the customer. */
import { createClientId } from "@grata/client/client-id";
import { connectLightly } from "@grata/client/light/connection";
import { realtimeVersion } from "@grata/contract/protocol";
import { linkFrame } from "../loader/frame-link.ts";
import { chooseLanguage } from "../texts/language.ts";
import { loadTestTexts } from "../texts/load-test.ts";

const [, place = "", channelId = ""] = location.pathname.split("/");
const language = chooseLanguage([
  ...new URLSearchParams(location.search).getAll("language"),
  ...navigator.languages,
]);
const texts = await loadTestTexts(language);
for (const element of document.querySelectorAll("[data-text]")) {
  element.textContent = texts[element.getAttribute("data-text") ?? ""] ?? "";
}
const main = document.querySelector("main");
const button = document.querySelector<HTMLButtonElement>("#write");
const state = document.querySelector("#state");
const lines = [texts.first ?? "", texts.second ?? "", texts.third ?? ""];
let written = 0;

// The console has put it where the chat window keeps its visitor's.
const token = localStorage.getItem(`grata.${channelId}.token`) ?? "";
const frame = showWindow();
const connection = connectLightly({
  url: location.origin,
  handshake: () => ({ as: "visitor", version: realtimeVersion, channel: channelId, token, language }),
  onNews() {},
  onState(next) {
    if (next === "refused" || next === "ended") {
      end();
    } else if (button) {
      button.disabled = next !== "open";
    }
  },
});
button?.addEventListener("click", () => {
  write().catch(() => say(texts.failed));
});
if (main) {
  main.hidden = false;
}

function showWindow(): HTMLIFrameElement {
  const window = document.createElement("iframe");
  window.title = texts.window ?? "";
  window.allow = "microphone; autoplay";
  window.src = `/${place}/${channelId}/window#${location.origin}`;
  const link = linkFrame(window, location.origin, (message) => {
    if (message.type === "ready") {
      link.send({ type: "hello", token: null, identity: null });
      link.send({ type: "open", full: true });
    } else if (message.type === "where") {
      link.send({ type: "page", ...here() });
    } else if (message.type === "close") {
      globalThis.close();
    }
  });
  document.body.append(window);
  return window;
}

/** Writes the next line into the customer's chat, or opens one with it. */
async function write(): Promise<void> {
  const text = lines[Math.min(written, lines.length - 1)] ?? "";
  const clientId = createClientId();
  const { conversation } = await connection.request("conversation.mine", {});
  if (conversation && conversation.status !== "closed") {
    await connection.request("message.send", { conversationId: conversation.id, clientId, text });
  } else {
    const { url, title } = here();
    await connection.request("conversation.open", { clientId, text, page: { url, title } });
  }
  written += 1;
  say(texts.written);
}

function here() {
  return { url: `${location.origin}${location.pathname}`, title: document.title, referrer: "" };
}

function say(sentence: string | undefined): void {
  if (state) {
    state.textContent = sentence ?? "";
  }
}

/** The test is over: what its window could still show is none of the customer's business any more. */
function end(): void {
  connection.close();
  frame.remove();
  button?.remove();
  say(texts.over);
}
