/** The chat window: reads where it is, puts its parts together, and shows them. */
import { createStore } from "@grata/client/store";
import { render } from "preact";
import { chooseLanguage } from "../../texts/language.ts";
import { loadTexts } from "../../texts/load.ts";
import { createWording, WordingContext } from "../chat/wording.ts";
import { openFrameStorage } from "../ui/frame-storage.ts";
import { createEmbedder } from "../visitor/embedder.ts";
import { paint, readSettings } from "../visitor/settings.ts";
import { describeSource } from "../visitor/where.ts";
import { ChatWindow } from "./chat-window.tsx";
import { createSessions } from "./session.ts";

/** Whether the page shows the window, and whether the window covers it. */
export type Shown = { open: boolean; full: boolean };

const channelId = location.pathname.split("/")[2] ?? "";
const language = chooseLanguage(navigator.languages);
const settings = readSettings();
paint(settings);
const shown = createStore<Shown>({ open: false, full: false });
const embedder = createEmbedder((message) => {
  if (message.type === "identity") {
    if (message.identity === null) {
      sessions.forget();
    } else {
      sessions.change(message.identity);
      // The page waits to hear whether it was taken, also while the window is closed.
      sessions.snapshot().chat.start();
    }
  } else {
    shown.set({ open: message.type === "open", full: message.type === "open" && message.full });
  }
});
const present = embedder.origin !== undefined;
// The window's own words, and what the page has for us, are fetched at the same time.
const loading = loadTexts(language);
embedder.post({ type: "ready" });
const { identity } = await embedder.hello();
const frameStorage = openFrameStorage();
const place = { origin: location.origin, channelId, language, frameStorage, embedder };
const sessions = createSessions(place, {
  identity,
  source: async () => describeSource(await embedder.page()),
  onIdentified(failure) {
    embedder.post({ type: "identified", code: failure?.code ?? null, message: failure?.message ?? "" });
  },
  onChange: attend,
});

let reported = 0;
let unsubscribe = () => {};

/** Watches the session that there is now. */
function attend(): void {
  const { chat } = sessions.snapshot();
  unsubscribe();
  unsubscribe = chat.subscribe(() => {
    const { unread } = chat.snapshot();
    if (unread !== reported) {
      reported = unread;
      embedder.post({ type: "unread", count: unread });
    }
  });
  look();
}

function look(): void {
  const { chat } = sessions.snapshot();
  const { open } = shown.snapshot();
  if (open) {
    chat.start();
  }
  chat.setVisible(open && document.visibilityState === "visible");
}

attend();
shown.subscribe(look);
document.addEventListener("visibilitychange", look);
addEventListener("online", () => sessions.snapshot().chat.reconnect());

if (!present) {
  shown.set({ open: true, full: true });
} else if (identity !== null || (await sessions.snapshot().known())) {
  // Loaded ahead for somebody who has chatted before: they are told of replies while the window is closed.
  sessions.snapshot().chat.start();
}

const { frame } = await loading;
const own = settings.texts[language];
const texts = { ...frame, title: own.title || frame.title, greeting: own.greeting || frame.greeting };
document.title = texts.title;
render(
  <WordingContext.Provider
    value={createWording({ ...texts, offline: own.offline || frame.offline }, language)}
  >
    <ChatWindow
      sessions={sessions}
      shown={shown}
      onClose={present ? () => embedder.post({ type: "close" }) : undefined}
    />
  </WordingContext.Provider>,
  document.body,
);
