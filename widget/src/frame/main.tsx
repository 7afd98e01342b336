/** The chat window: reads where it is, puts its parts together, and shows them. */
import { createDrafts } from "@grata/client/drafts";
import { createStore } from "@grata/client/store";
import { identifier } from "@grata/contract/entries";
import { render } from "preact";
import { chooseLanguage } from "../language.ts";
import { loadTexts } from "../texts/load.ts";
import { createChat } from "./chat.ts";
import { ChatWindow } from "./chat-window.tsx";
import { createEmbedder } from "./embedder.ts";
import { openFrameStorage } from "./frame-storage.ts";
import { createVisitorTokens } from "./visitor-tokens.ts";
import { createWording, WordingContext } from "./wording.ts";

const channelId = identifier.parse(location.pathname.split("/")[2]);
const language = chooseLanguage(navigator.languages);
const opened = createStore(false);
const embedder = createEmbedder((message) => opened.set(message.type === "open"));
const frameStorage = openFrameStorage();
const tokens = createVisitorTokens(frameStorage, embedder, channelId);
const { storage } = frameStorage;
const chat = createChat({ origin: location.origin, channelId, language, tokens, storage });

function look(): void {
  if (opened.snapshot()) {
    chat.start();
  }
  chat.setVisible(opened.snapshot() && document.visibilityState === "visible");
}

let reported = 0;
chat.subscribe(() => {
  const { unread } = chat.snapshot();
  if (unread !== reported) {
    reported = unread;
    embedder.post({ source: "grata", type: "unread", count: unread });
  }
});
opened.subscribe(look);
document.addEventListener("visibilitychange", look);
addEventListener("online", chat.reconnect);

if (embedder.present) {
  embedder.post({ source: "grata", type: "ready" });
  // Loaded ahead for somebody who has chatted before: they are told of replies while the window is closed.
  if ((await tokens.read()) !== null) {
    chat.start();
  }
} else {
  opened.set(true);
}

const texts = (await loadTexts(language)).frame;
document.title = texts.title;
const close = () => embedder.post({ source: "grata", type: "close" });
render(
  <WordingContext.Provider value={createWording(texts, language)}>
    <ChatWindow
      chat={chat}
      channelId={channelId}
      drafts={createDrafts(storage, "grata.draft.")}
      opened={opened}
      onClose={embedder.present ? close : undefined}
    />
  </WordingContext.Provider>,
  document.body,
);
