import { describe, expect, test } from "vitest";
import { runProgram } from "../../../testing/servers/program.ts";
import { secretKey } from "../../../testing/servers/secret-key.ts";
import { readConfiguration } from "./configuration.ts";
import { keyOf } from "./keys.ts";

const otherKey = Buffer.alloc(32, 8).toString("base64");

const mistakeIn = (environment: Record<string, string>): string => {
  try {
    readConfiguration(environment);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("There was no mistake.");
};

describe("H1: the configuration", () => {
  test("needs nothing", () => {
    expect(readConfiguration({})).toEqual({
      port: 3000,
      host: "127.0.0.1",
      dataFolder: "./data",
      publicUrls: null,
      trustedProxies: [],
      databaseConnections: 18,
      databaseUrl: null,
      redisUrl: null,
      smtpUrl: null,
      filesBucket: null,
      mailFrom: "Grata <no-reply@localhost>",
      dnsServers: [],
      secretKeys: null,
      pushServices: [],
      chatsPerAddress: 300,
      messagesPerVisitor: 5,
      socketsPerAddress: 5_000,
      ffmpegPath: null,
      logLevel: "info",
    });
  });

  test("takes what is set, and an empty value as not set", () => {
    expect(
      readConfiguration({
        PORT: "8080",
        HOST: "::",
        GRATA_DATA: "/srv/grata",
        PUBLIC_URL: "",
        TRUSTED_PROXIES: "10.0.0.0/8, ::1",
        DATABASE_URL: "postgres://user:pass%23word@db.example:5433/grata",
        REDIS_URL: "rediss://cache.example",
        SMTP_URL: "smtps://user:pass@mail.example",
        FILES_URL: "https://AKIA:a%2Fb%2Bc@s3.example/chat-files/?region=eu-central-1",
        MAIL_FROM: "Tea House <tea@mail.example>",
        DNS_SERVERS: "192.0.2.1, 192.0.2.2:5353, ::1, [::1]:53",
        GRATA_SECRET_KEY: `${secretKey}, ${otherKey}`,
        CHATS_PER_ADDRESS: "5",
        MESSAGES_PER_VISITOR: "6",
        SOCKETS_PER_ADDRESS: "7",
        LOG_LEVEL: "",
        DATABASE_CONNECTIONS: "40",
        SOMETHING_ELSE: "x",
      }),
    ).toEqual({
      port: 8080,
      host: "::",
      dataFolder: "/srv/grata",
      publicUrls: null,
      trustedProxies: ["10.0.0.0/8", "::1"],
      databaseConnections: 40,
      databaseUrl: "postgres://user:pass%23word@db.example:5433/grata",
      redisUrl: "rediss://cache.example",
      smtpUrl: "smtps://user:pass@mail.example",
      filesBucket: {
        address: "https://s3.example/chat-files",
        region: "eu-central-1",
        accessKeyId: "AKIA",
        secretAccessKey: "a/b+c",
      },
      mailFrom: "Tea House <tea@mail.example>",
      dnsServers: ["192.0.2.1", "192.0.2.2:5353", "::1", "[::1]:53"],
      secretKeys: [keyOf(Buffer.alloc(32, 7)), keyOf(Buffer.alloc(32, 8))],
      pushServices: [],
      chatsPerAddress: 5,
      messagesPerVisitor: 6,
      socketsPerAddress: 7,
      ffmpegPath: null,
      logLevel: "info",
    });
  });

  test("takes several public addresses, as the origins that browsers name", () => {
    const PUBLIC_URL = "https://chat.example, HTTPS://Other.Example:443/ ,http://localhost:3000";
    expect(readConfiguration({ PUBLIC_URL }).publicUrls).toEqual([
      "https://chat.example",
      "https://other.example",
      "http://localhost:3000",
    ]);
  });

  test.each([
    ["https://chat.example/support", "must have no path"],
    ["https://chat.example/?a=1", "must have no path"],
    ["https://chat.example/#a", "must have no path"],
    ["ftp://chat.example", "must begin with http:// or https://"],
    ["chat.example", "is not a URL"],
    [" , ", "is empty"],
    ["https://chat.example,nonsense", "is not a URL"],
  ])("refuses %s as a public address: it %s", (PUBLIC_URL, mistake) => {
    expect(mistakeIn({ PUBLIC_URL })).toBe(`The configuration has mistakes:\n  PUBLIC_URL: ${mistake}`);
  });

  test.each([
    "s3://AKIA:secret@s3.example/files",
    "https://s3.example/files",
    "https://AKIA@s3.example/files",
    "https://AKIA:secret@s3.example/",
    "https://AKIA:secret@s3.example/files/below",
    "https://AKIA:%zz@s3.example/files",
    "files",
  ])("refuses %s as the place of files", (FILES_URL) => {
    expect(mistakeIn({ FILES_URL })).toContain("  FILES_URL: is not like: https://<key id>:<secret>@");
  });

  const everyMistake = {
    PORT: "http",
    PUBLIC_URL: "https://chat.example/support",
    TRUSTED_PROXIES: "my proxy",
    DATABASE_URL: "mysql://localhost/grata",
    REDIS_URL: "localhost:6379",
    DNS_SERVERS: "one.example",
    CHATS_PER_ADDRESS: "0",
    MESSAGES_PER_VISITOR: "0",
    SOCKETS_PER_ADDRESS: "many",
    LOG_LEVEL: "loud",
  };

  test("lists all its mistakes at once, each with the name of what to mend", () => {
    const [first, ...lines] = mistakeIn(everyMistake).split("\n");
    expect(first).toBe("The configuration has mistakes:");
    expect(lines.map((line) => line.split(":")[0]?.trim()).sort()).toEqual(Object.keys(everyMistake).sort());
    expect(lines).toContain("  PORT: is not a whole number");
    expect(lines).toContain("  DATABASE_URL: must begin with postgres:// or postgresql://");
    expect(lines).toContain("  REDIS_URL: must begin with redis:// or rediss://");
    expect(lines).toContain("  CHATS_PER_ADDRESS: must be between 1 and 1000000");
    expect(lines).toContain("  TRUSTED_PROXIES: is not a list of IP addresses or networks");
  });

  test.each(["65536", "-1", "3000.5", "0x50", "1e3", " "])("refuses the port %j", (PORT) => {
    expect(mistakeIn({ PORT })).toMatch(/^The configuration has mistakes:\n {2}PORT: .+$/);
  });

  test("stops the program with that list, before it touches anything", async () => {
    const { code, stdout, stderr } = await runProgram({ PORT: "http", LOG_LEVEL: "loud" }).ended;
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^The configuration has mistakes:\n {2}PORT: [^\n]+\n {2}LOG_LEVEL: [^\n]+\n$/);
  });
});
