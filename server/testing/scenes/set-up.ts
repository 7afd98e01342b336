import type { SetUpBody } from "@grata/contract/http";
import { type Call, call, type HttpAnswer } from "../checks/http.ts";

/** A filled-in set-up form. Its password is no longer than it must be. */
export const form = {
  organisation: "Tea House 茶馆",
  name: "Ada Admin",
  email: "ada@tea.example",
  password: "a slow kettle 1",
  language: "en",
} as const satisfies Omit<SetUpBody, "token">;

/** The token of the link that a node printed. */
export function tokenOf(node: { setUpLink: string | null }): string {
  const token = new URL(node.setUpLink ?? "").hash.slice(1);
  if (token === "") throw new Error("The link has no token.");
  return token;
}

/** Sends the form, with the node's own token unless the changes bring another. */
export function setUpWith(
  node: { url: string; setUpLink: string | null },
  changes: Record<string, unknown> = {},
  headers: Call["headers"] = {},
): Promise<HttpAnswer> {
  const token = node.setUpLink === null ? "none" : tokenOf(node);
  return call(node, "POST", "/api/set-up", { body: { ...form, token, ...changes }, headers });
}

export function signInWith(
  node: { url: string },
  email: string,
  password: string,
  headers: Call["headers"] = {},
): Promise<HttpAnswer> {
  return call(node, "POST", "/api/session", { body: { email, password }, headers });
}

/** So many different characters, each of two UTF-16 units. */
export function pictures(count: number): string {
  const codes = Array.from({ length: count }, (_, index) => 0x1f300 + ((index * 7) % 250));
  return String.fromCodePoint(...codes);
}
