import { Parser } from "htmlparser2";
import type { Script } from "./content-policy.ts";

export type PageContents = {
  /** The scripts that it loads, by their whole addresses. */
  scripts: Script[];
  /** The policies that it declares in itself. */
  policies: string[];
};

/** Reads the scripts and the policies out of a page. Nothing of it is run. */
export function readPage(html: string, address: string): PageContents {
  const scripts: Script[] = [];
  const policies: string[] = [];
  let base = address;
  const parser = new Parser({
    onopentag(name, attributes) {
      const { src, nonce, href, content } = attributes;
      if (name === "base" && href && base === address) base = resolve(href, address) ?? address;
      if (name === "script" && src) {
        const whole = resolve(src, base);
        if (whole !== null) scripts.push({ src: whole, nonce: nonce || null });
      }
      if (
        name === "meta" &&
        attributes["http-equiv"]?.toLowerCase() === "content-security-policy" &&
        content
      ) {
        policies.push(content);
      }
    },
  });
  parser.end(html);
  return { scripts, policies };
}

function resolve(address: string, base: string): string | null {
  return URL.canParse(address, base) ? new URL(address, base).href : null;
}
