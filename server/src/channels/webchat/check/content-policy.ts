/** The part of Content Security Policy Level 3 that decides whether a page lets our script and our frame in. */

type Directives = Map<string, string[]>;

/** A script as the page has it. */
export type Script = { src: string; nonce: string | null };

/** Whether every policy of the page lets this script load. */
export function allowsScript(policies: string[], script: Script, page: string): boolean {
  const [url, own] = [new URL(script.src), new URL(page)];
  return policies.every((policy) => {
    const sources = sourcesFor(parse(policy), ["script-src-elem", "script-src", "default-src"]);
    if (sources === null) return true;
    if (script.nonce !== null && sources.includes(`'nonce-${script.nonce}'`)) return true;
    // With it, addresses count for nothing: only what a trusted script adds, or what carries the nonce.
    if (sources.includes("'strict-dynamic'")) return false;
    return sources.some((source) => matches(source, url, own));
  });
}

/** Whether every policy of the page lets it carry a frame of this address. */
export function allowsFrame(policies: string[], frame: string, page: string): boolean {
  const [url, own] = [new URL(frame), new URL(page)];
  return policies.every((policy) => {
    const sources = sourcesFor(parse(policy), ["frame-src", "child-src", "default-src"]);
    return sources === null || sources.some((source) => matches(source, url, own));
  });
}

function parse(policy: string): Directives {
  const directives: Directives = new Map();
  for (const part of policy.split(";")) {
    const [name = "", ...sources] = part.trim().split(/\s+/);
    // The first of a name counts.
    if (name !== "" && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

/** The sources of the first of these directives that is there; null when none is. */
function sourcesFor(directives: Directives, names: string[]): string[] | null {
  const name = names.find((one) => directives.has(one));
  return name === undefined ? null : (directives.get(name) ?? []);
}

/** Whether a source expression covers an address (CSP3, 6.7.2.8). */
function matches(source: string, url: URL, own: URL): boolean {
  if (source === "*") return /^https?:$/.test(url.protocol);
  if (source.toLowerCase() === "'self'") return url.origin === own.origin;
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return coversScheme(source.toLowerCase(), url.protocol);
  const parts = /^(?:([a-z][a-z\d+.-]*:)\/\/)?(\*|(?:\*\.)?[^:/*']+)(?::(\d+|\*))?(\/[^?#]*)?$/i.exec(source);
  if (!parts) return false;
  const [, scheme, host = "", port, path] = parts;
  return (
    coversScheme(scheme?.toLowerCase() ?? own.protocol, url.protocol) &&
    coversHost(host.toLowerCase(), url.hostname) &&
    coversPort(port, url) &&
    (path === undefined ||
      path === "/" ||
      (path.endsWith("/") ? url.pathname.startsWith(path) : url.pathname === path))
  );
}

/** A source of plain http also covers what is better than it promised. */
function coversScheme(wanted: string, given: string): boolean {
  return wanted === given || (wanted === "http:" && given === "https:");
}

function coversHost(wanted: string, given: string): boolean {
  if (wanted === "*") return true;
  return wanted.startsWith("*.") ? given.endsWith(wanted.slice(1)) : wanted === given;
}

function coversPort(wanted: string | undefined, url: URL): boolean {
  const usual = url.protocol === "https:" ? "443" : "80";
  const given = url.port === "" ? usual : url.port;
  if (wanted === undefined) return given === usual;
  return wanted === "*" || wanted === given || (wanted === "80" && given === "443");
}
