import type { IncomingMessage } from "node:http";
import proxyAddress from "@fastify/proxy-addr";

/** Tells the client's address; forwarded headers count only when they come from a trusted proxy. */
export type AddressOf = (request: IncomingMessage) => string;

export function createAddressOf(trustedProxies: string[]): AddressOf {
  const trust = proxyAddress.compile(trustedProxies);
  return (request) => proxyAddress(request, trust);
}

/** What limits count by: an IPv4 address, or the 64 bits of an IPv6 address that one customer is given. */
export function networkOf(address: string): string {
  const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const missing =
    tail === undefined ? 0 : 8 - groups.length - tail.split(":").filter((group) => group !== "").length;
  return [...groups, ...Array<string>(Math.max(0, missing)).fill("0"), ...(tail ?? "").split(":")]
    .slice(0, 4)
    .join(":");
}
