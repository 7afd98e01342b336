const svg = "http://www.w3.org/2000/svg";

const bubble = "M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z";
const cross = "M5 5l14 14M19 5L5 19";

export type LauncherButton = {
  element: HTMLButtonElement;
  show(state: { open: boolean; unread: number; label: string }): void;
};

/** The round button, with the number of unread messages on it. */
export function createButton(): LauncherButton {
  const element = document.createElement("button");
  element.type = "button";
  const icon = document.createElementNS(svg, "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(svg, "path");
  icon.append(shape);
  const badge = document.createElement("span");
  badge.setAttribute("aria-hidden", "true");
  element.append(icon, badge);
  return {
    element,
    show({ open, unread, label }) {
      element.setAttribute("aria-label", label);
      element.setAttribute("aria-expanded", String(open));
      element.title = label;
      shape.setAttribute("d", open ? cross : bubble);
      badge.hidden = unread === 0;
      badge.textContent = unread > 99 ? "99+" : String(unread);
    },
  };
}
