import { legibleOn, textOn } from "@grata/client/colour";
import type { WindowSettings } from "@grata/contract/web-chat";

/** As in frame.css. */
const papers = { light: "#ffffff", dark: "#16181d" };

/** What an admin has set, as our server put it into this very page: nobody else can have. */
export function readSettings(): WindowSettings {
  const text = document.querySelector('meta[name="grata-settings"]')?.getAttribute("content");
  return JSON.parse(text ?? "") as WindowSettings;
}

/** Gives the window the shop's colour, so that everything on it can still be read. */
export function paint({ colour }: WindowSettings): void {
  const { style } = document.documentElement;
  style.setProperty("--accent", colour);
  style.setProperty("--on-accent", textOn(colour));
  style.setProperty("--accent-on-light", legibleOn(colour, papers.light));
  style.setProperty("--accent-on-dark", legibleOn(colour, papers.dark));
}
