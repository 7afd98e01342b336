import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { createAddressOf, networkOf } from "./address.ts";

describe("D1: what limits count by", () => {
  const networks: [address: string, network: string][] = [
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:db8:1:2::6", "2001:db8:1:2"],
    ["2001:db8:1:2::", "2001:db8:1:2"],
    ["2001:db8::6", "2001:db8:0:0"],
    ["2001:db8:1::3:4:5:6", "2001:db8:1:0"],
    ["::1", "0:0:0:0"],
    ["::", "0:0:0:0"],
  ];
  test.each(networks)("%s is of the network %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test("two addresses of one customer are one network, those of two customers are two", () => {
    expect(networkOf("2001:db8:1:2:aaaa::1")).toBe(networkOf("2001:db8:1:2:bbbb::2"));
    expect(networkOf("2001:db8:1:2::1")).not.toBe(networkOf("2001:db8:1:3::1"));
    expect(networkOf("203.0.113.7")).not.toBe(networkOf("203.0.113.8"));
  });
});

describe("D1: the client's address", () => {
  const seen = (trusted: string[], remoteAddress: string, forwarded?: string) =>
    createAddressOf(trusted)({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
    } as unknown as IncomingMessage);

  test("is the connection's own where nobody is trusted", () => {
    expect(seen([], "203.0.113.7", "198.51.100.1")).toBe("203.0.113.7");
  });

  test("is what a trusted proxy says, back to the first that nobody vouches for", () => {
    const proxies = ["10.0.0.0/8", "::1"];
    expect(seen(proxies, "10.1.1.1", "198.51.100.1")).toBe("198.51.100.1");
    expect(seen(proxies, "10.1.1.1", "198.51.100.1, 10.2.2.2")).toBe("198.51.100.1");
    expect(seen(proxies, "::1", "192.0.2.66, 198.51.100.1, 10.2.2.2")).toBe("198.51.100.1");
    expect(seen(proxies, "10.1.1.1")).toBe("10.1.1.1");
  });

  test("is the connection's own where somebody who is not trusted claims to be a proxy", () => {
    expect(seen(["10.0.0.0/8"], "203.0.113.7", "10.1.1.1")).toBe("203.0.113.7");
  });
});
