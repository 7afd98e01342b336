import { textOn } from "@grata/client/colour";
import type { FrameMessage, Identified, PageFunctions } from "@grata/contract/embedding";
import type { Language } from "@grata/contract/languages";
import { createButton } from "./button.ts";
import { pageScale } from "./page-scale.ts";
import { createPageStorage } from "./page-storage.ts";
import { createPanel, type Panel } from "./panel.ts";
import { safely } from "./safely.ts";
import type { Snippet } from "./settings.ts";
import { createShell } from "./shell.ts";
import { texts } from "./texts.ts";

/** Where a page's own launcher is recognised by. */
const ownLauncher = "#grata-open, .grata-open";
/** Where the window covers the page. */
const small = { width: 480, height: 420 };

/** Puts the button into the page; the chat window comes when it is first opened, or was in this visit before. */
export function createLauncher(snippet: Snippet, language: Language): PageFunctions {
  const { channel, origin, colour, position } = snippet;
  const words = texts[language];
  const storage = createPageStorage(channel);
  const shell = createShell();
  const button = createButton();
  let panel: Panel | undefined;
  let full = false;
  let ready = false;
  let open = false;
  let unread = 0;
  let identity = snippet.identity;
  let answerIdentity: (identified: Identified) => void = () => {};
  let cameFrom: Element | null = null;

  function show(): void {
    const closedLabel = unread === 0 ? words.open : words.openUnread.replace("{count}", String(unread));
    button.show({ open, unread: open ? 0 : unread, label: open ? words.close : closedLabel });
    panel?.show(open);
  }

  function tellWhetherOpen(): void {
    if (ready) {
      panel?.send(open ? { type: "open", full } : { type: "closed" });
    }
  }

  function look(): void {
    const scale = pageScale();
    const covers = innerWidth / scale <= small.width || innerHeight / scale <= small.height;
    shell.style.setProperty("--scale", String(scale));
    shell.cover(covers);
    if (covers !== full) {
      full = covers;
      tellWhetherOpen();
    }
  }

  function receive(message: FrameMessage): void {
    switch (message.type) {
      case "ready":
        ready = true;
        panel?.ready();
        panel?.send({ type: "hello", token: storage.readToken(), identity });
        tellWhetherOpen();
        break;
      case "close":
        toggle(false);
        break;
      case "unread":
        unread = message.count;
        show();
        break;
      case "token":
        storage.keepToken(message.token);
        break;
      case "where": {
        const { referrer, title } = document;
        panel?.send({ type: "page", url: location.href, title, referrer });
        break;
      }
      case "identified":
        answerIdentity({ code: message.code, message: message.message });
        break;
    }
  }

  function load(): void {
    if (!panel) {
      // The frame answers only to the page that it is told of here; a fragment never reaches a server.
      const address = `${origin}/webchat/${channel}#${location.origin}`;
      panel = createPanel({ address, origin, words, receive });
      shell.keep(panel.element);
      shell.keep(panel.frame, panel.element);
    }
  }

  function toggle(next: boolean): void {
    if (next === open) {
      return;
    }
    open = next;
    look();
    if (open) {
      cameFrom = document.activeElement;
      load();
      storage.noteOpened();
    }
    show();
    tellWhetherOpen();
    if (open) {
      panel?.frame.focus();
    } else if (snippet.launcher) {
      button.element.focus();
    } else if (cameFrom instanceof HTMLElement) {
      cameFrom.focus();
    }
  }

  function changeIdentity(next: string | null): void {
    identity = next;
    if (ready) {
      panel?.send({ type: "identity", identity });
    }
  }

  shell.style.setProperty("--accent", colour);
  shell.style.setProperty("--on-accent", textOn(colour));
  shell.style.setProperty("--side", position);
  for (const side of ["left", "right"]) {
    shell.style.setProperty(`--${side}`, side === position ? "calc(20px * var(--scale))" : "auto");
  }
  button.element.addEventListener(
    "click",
    safely(() => toggle(!open)),
  );
  document.addEventListener(
    "click",
    safely((event: Event) => {
      if (event.target instanceof Element && event.target.closest(ownLauncher)) {
        toggle(true);
      }
    }),
  );
  // A page that is turned, or shrunk only once it is laid out; a zoom of the reader's changes nothing.
  for (const target of [window, visualViewport]) {
    target?.addEventListener("resize", safely(look));
  }
  shell.listen("keydown", (event) => {
    if (event instanceof KeyboardEvent && event.key === "Escape") {
      toggle(false);
    }
  });
  if (snippet.launcher) {
    shell.keep(button.element);
  }
  look();
  show();
  if (storage.wasOpened()) {
    load();
  }
  return {
    open() {
      shell.show(true);
      toggle(true);
    },
    close: () => toggle(false),
    show: () => shell.show(true),
    hide() {
      toggle(false);
      shell.show(false);
    },
    identify(token) {
      changeIdentity(token);
      return new Promise((resolve) => {
        answerIdentity = resolve;
      });
    },
    logout() {
      toggle(false);
      storage.keepToken(null);
      storage.forgetOpened();
      unread = 0;
      show();
      // A window that was not loaded yet has things of its own to forget.
      load();
      changeIdentity(null);
    },
  };
}
