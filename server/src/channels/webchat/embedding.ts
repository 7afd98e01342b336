import { Refusal } from "../../refusal.ts";

/** The pages that may carry the window, as a content security policy says it. An empty list means every page. */
export function frameAncestors(allowedOrigins: string[]): string {
  return allowedOrigins.length === 0 ? "*" : ["'self'", ...allowedOrigins].join(" ");
}

/** Whether a page of this origin may carry the window; our own pages always may. */
export function mayEmbed(
  allowedOrigins: string[],
  origin: string,
  isOurs: (origin: string) => boolean,
): boolean {
  return allowedOrigins.length === 0 || isOurs(origin) || allowedOrigins.some((one) => matches(one, origin));
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

/** `https://*.shop.example` stands for every name below it, and not for the name itself, as in a policy. */
function matches(allowed: string, origin: string): boolean {
  const [scheme = "", rest = ""] = allowed.split("://*");
  if (rest === "") return allowed === origin;
  const start = `${scheme}://`;
  return origin.startsWith(start) && origin.endsWith(rest) && origin.length > start.length + rest.length;
}
