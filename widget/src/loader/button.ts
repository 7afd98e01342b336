const svg = "http://www.w3.org/2000/svg";

const bubble =
  "M12 3.5c-5 0-9 3.3-9 7.5 0 2.4 1.3 4.5 3.4 5.9L6 20.5l4-2.1c.7.1 1.3.1 2 .1 5 0 9-3.3 9-7.500s-4-7.500-9-7.500z";
const chevron = "M5.5 9.5l6.5 6.5 6.5-6.5";

export type LauncherButton = {
  element: HTMLButtonElement;
  show(state: { open: boolean; unread: number; label: string }): void;
};

/** The round button, with the number of unread messages on it. */
export function createButton(): LauncherButton {
  const element = document.createElement("button");
  element.type = "button";
  const badge = document.createElement("span");
  badge.setAttribute("aria-hidden", "true");
  element.append(drawIcon("bubble", bubble), drawIcon("chevron", chevron), badge);
  return {
    element,
    show({ open, unread, label }) {
      element.setAttribute("aria-label", label);
      element.setAttribute("aria-expanded", String(open));
      element.title = label;
      badge.hidden = unread === 0;
      badge.textContent = unread > 99 ? "99+" : String(unread);
    },
  };
}

function drawIcon(name: string, path: string): SVGElement {
  const icon = document.createElementNS(svg, "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  icon.setAttribute("class", name);
  const shape = document.createElementNS(svg, "path");
  shape.setAttribute("d", path);
  icon.append(shape);
  return icon;
}
