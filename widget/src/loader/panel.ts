import type { FrameMessage } from "@grata/contract/embedding";
import { type FrameLink, linkFrame } from "./frame-link.ts";
import { safely } from "./safely.ts";

/** After so long somebody who waits should be told that something is coming. */
const patience = 8_000;

export type Panel = {
  element: HTMLElement;
  frame: HTMLIFrameElement;
  send: FrameLink["send"];
  show(open: boolean): void;
  /** Notes that the window in the frame is there. */
  ready(): void;
};

/** The place of the chat window: a quiet shape while it loads, then the window itself. */
export function createPanel(options: {
  address: string;
  origin: string;
  words: { frame: string; slow: string };
  receive(message: FrameMessage): void;
}): Panel {
  const { address, origin, words } = options;
  const element = document.createElement("section");
  const bar = document.createElement("i");
  const note = document.createElement("p");
  note.setAttribute("role", "status");
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.allow = "microphone; autoplay";
  frame.title = words.frame;
  element.append(bar, note, frame);
  const link = linkFrame(frame, origin, options.receive);
  const tellSlow = safely(() => {
    if (!element.hasAttribute("data-ready")) {
      note.textContent = words.slow;
    }
  });

  return {
    element,
    frame,
    send: link.send,
    show(open) {
      element.toggleAttribute("data-open", open);
      if (open) {
        setTimeout(tellSlow, patience);
      }
    },
    ready() {
      element.setAttribute("data-ready", "");
      note.textContent = "";
    },
  };
}
