import css from "./launcher.css?inline";

/**
 * A place in the shop's page that its style sheets do not reach, with our own sheet in it. The sheet is a constructed
 * one: the shop's content security policy may forbid style elements, and does not forbid this.
 */
export function createShell(): ShadowRoot {
  const host = document.createElement("grata-webchat");
  host.style.setProperty("all", "initial", "important");
  host.style.setProperty("display", "block", "important");
  host.style.setProperty("position", "fixed", "important");
  host.style.setProperty("z-index", "2147483647", "important");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  document.body.append(host);
  return shadow;
}
