import type { FrameMessage } from "@grata/contract/embedding";
import type { Language } from "@grata/contract/languages";
import { createButton } from "./button.ts";
import { type FrameLink, linkFrame } from "./frame-link.ts";
import { createPageStorage } from "./page-storage.ts";
import { safely } from "./safely.ts";
import { createShell } from "./shell.ts";
import type { Snippet } from "./snippet.ts";
import { texts } from "./texts.ts";

/** Puts the button into the page; the chat window comes when it is first pressed, or was in this visit before. */
export function createLauncher({ channelId, origin }: Snippet, language: Language): void {
  const words = texts[language];
  const storage = createPageStorage(channelId);
  const shell = createShell();
  const button = createButton();
  let frame: HTMLIFrameElement | undefined;
  let link: FrameLink | undefined;
  let ready = false;
  let open = false;
  let unread = 0;

  function show(): void {
    const closedLabel = unread === 0 ? words.open : words.openUnread.replace("{count}", String(unread));
    button.show({ open, unread: open ? 0 : unread, label: open ? words.close : closedLabel });
    frame?.toggleAttribute("data-open", open);
  }

  function tellWhetherOpen(): void {
    if (ready) {
      link?.send({ source: "grata", type: open ? "open" : "closed" });
    }
  }

  function receive(message: FrameMessage): void {
    switch (message.type) {
      case "ready":
        ready = true;
        frame?.setAttribute("data-ready", "");
        link?.send({ source: "grata", type: "token", token: storage.readToken() });
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
    }
  }

  function load(): void {
    if (!frame) {
      frame = document.createElement("iframe");
      // The frame answers only to the page that it is told of here; a fragment never reaches a server.
      frame.src = `${origin}/webchat/${channelId}#${location.origin}`;
      frame.allow = "microphone; autoplay";
      frame.title = words.frame;
      link = linkFrame(frame, origin, receive);
      shell.prepend(frame);
    }
  }

  function toggle(next: boolean): void {
    if (next === open) {
      return;
    }
    open = next;
    if (open) {
      load();
      storage.noteOpened();
    }
    show();
    tellWhetherOpen();
    if (open) {
      frame?.focus();
    } else {
      button.element.focus();
    }
  }

  button.element.addEventListener(
    "click",
    safely(() => toggle(!open)),
  );
  shell.addEventListener(
    "keydown",
    safely((event: Event) => {
      if (event instanceof KeyboardEvent && event.key === "Escape") {
        toggle(false);
      }
    }),
  );
  shell.append(button.element);
  show();
  if (storage.wasOpened()) {
    load();
  }
}
