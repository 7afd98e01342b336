import { Refusal } from "../../foundation/refusal/refusal.ts";

/** The pages that may carry the window, as a content security policy says it. An empty list means every page. */
export function frameAncestors(allowedOrigins: string[]): string {
  return allowedOrigins.length === 0 ? "*" : ["'self'", ...allowedOrigins].join(" ");
}

/**
 * The same as a regular expression, for the loader in the page; null means every page. `https://*.shop.example` stands
 * for every name below it, and not for the name itself, as in a policy.
 */
export function sitesOf(allowedOrigins: string[]): string | null {
  if (allowedOrigins.length === 0) return null;
  const patterns = allowedOrigins.map((origin) => origin.split("://*").map(RegExp.escape).join("://[^/]+"));
  return `^(?:${patterns.join("|")})$`;
}

/** Whether a page of this origin may carry the window; our own pages always may. */
export function mayEmbed(
  allowedOrigins: string[],
  origin: string,
  isOurs: (origin: string) => boolean,
): boolean {
  const sites = sitesOf(allowedOrigins);
  return sites === null || isOurs(origin) || new RegExp(sites).test(origin);
}

/**
 * The second wall behind `frame-ancestors`: the window tells the origin that its browser saw around it. Throws
 * `embedding_forbidden`.
 */
export function requireEmbeddable(
  allowedOrigins: string[],
  origin: string | undefined,
  isOurs: (origin: string) => boolean,
): void {
  if (origin !== undefined && !mayEmbed(allowedOrigins, origin, isOurs)) {
    throw new Refusal("embedding_forbidden");
  }
}
