import { setImmediate } from "node:timers/promises";
import { Parser } from "htmlparser2";
import type { Script } from "./content-policy.ts";

export type PageContents = {
  /** The scripts that it loads, by their whole addresses. */
  scripts: Script[];
  /** The policies that it declares in itself. */
  policies: string[];
};

/** No page that people look at reaches these. What is beyond them is not read: the page may be made to hurt us. */
const limits = { address: 2_000, scripts: 500, policies: 50, policyLength: 8_000, depth: 512 };
/** After so many characters the event loop is let on. */
const breathAfter = 16_384;

/** Reads the scripts and the policies out of a page. Nothing of it is run. */
export async function readPage(html: string, address: string): Promise<PageContents> {
  const scripts: Script[] = [];
  const policies: string[] = [];
  let base: string | null = null;
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth++;
      const { src, nonce, href, content } = attributes;
      if (name === "base" && href && base === null) base = resolve(href, address);
      if (name === "script" && src && scripts.length < limits.scripts) {
        const whole = resolve(src, base ?? address);
        if (whole !== null) scripts.push({ src: whole, nonce: nonce || null });
      }
      if (
        name === "meta" &&
        attributes["http-equiv"]?.toLowerCase() === "content-security-policy" &&
        content &&
        content.length <= limits.policyLength &&
        policies.length < limits.policies
      ) {
        policies.push(content);
      }
    },
    onclosetag() {
      depth--;
    },
  });
  for (let start = 0; start < html.length; start += breathAfter) {
    parser.write(html.slice(start, start + breathAfter));
    // The parser's time grows with the square of the depth. A browser stops nesting there, too.
    if (depth > limits.depth || scripts.length === limits.scripts) break;
    await setImmediate();
  }
  return { scripts, policies };
}

function resolve(address: string, base: string): string | null {
  if (address.length > limits.address || !URL.canParse(address, base)) return null;
  const { href } = new URL(address, base);
  return href.length > limits.address * 2 ? null : href;
}
