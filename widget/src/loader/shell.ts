import css from "./launcher.css?inline";
import { safely } from "./safely.ts";

/** How often what a page takes away is put back: a page that insists is not fought for ever. */
const patience = 30;

export type Shell = {
  style: CSSStyleDeclaration;
  /** Puts an element in, and keeps it there. */
  keep(child: Element, parent?: Node): void;
  listen(type: string, listener: (event: Event) => void): void;
  /** Whether the chat window covers the page. */
  cover(full: boolean): void;
  /** Takes everything out of the page, or puts it back. */
  show(shown: boolean): void;
};

/**
 * A place in the shop's page that its style sheets do not reach, with our own sheet in it. The sheet is a constructed
 * one: the shop's content security policy may forbid style elements, and does not forbid this. An application that
 * empties its page takes it along; it comes back.
 */
export function createShell(): Shell {
  const host = document.createElement("grata-webchat");
  for (const [property, value] of [
    ["all", "initial"],
    ["display", "block"],
    ["position", "fixed"],
    ["z-index", "2147483647"],
  ] as const) {
    host.style.setProperty(property, value, "important");
  }
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const kept: [child: Element, parent: Node][] = [];
  let shown = true;
  let left = patience;
  const observer = new MutationObserver(() => {
    const complete = kept.every(([child, parent]) => child.parentNode === parent);
    if (left > 0 && ((shown && !host.isConnected) || !complete)) {
      left -= 1;
      attach();
    }
  });

  function attach(): void {
    // A framework may have made a new body in the meantime.
    observer.disconnect();
    if (shown && !host.isConnected) {
      document.body.append(host);
    }
    for (const [child, parent] of kept) {
      if (child.parentNode !== parent) {
        parent.appendChild(child);
      }
    }
    // The body's own children only: what a page does inside of them costs nothing here.
    observer.observe(document.documentElement, { childList: true });
    observer.observe(document.body, { childList: true });
    observer.observe(root, { childList: true, subtree: true });
  }

  return {
    style: host.style,
    keep(child, parent = root) {
      kept.push([child, parent]);
      attach();
    },
    cover: (full) => host.toggleAttribute("data-full", full),
    listen: (type, listener) => root.addEventListener(type, safely(listener)),
    show(next) {
      shown = next;
      if (shown) {
        attach();
      } else {
        host.remove();
      }
    },
  };
}
