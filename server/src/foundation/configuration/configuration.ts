import { isIP } from "node:net";
import * as z from "zod";
import { type Key, readKey } from "./keys.ts";
import { StartupProblem } from "./startup-problem.ts";

const address = z
  .string()
  .transform((value) => value.trim())
  .refine((value) => URL.canParse(value), "is not a URL")
  .transform((value) => new URL(value))
  .refine(
    (url) => url.protocol === "http:" || url.protocol === "https:",
    "must begin with http:// or https://",
  )
  .refine((url) => url.pathname === "/" && url.search === "" && url.hash === "", "must have no path")
  .transform((url) => url.origin);

const list = (value: string) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** Digits only: what else JavaScript takes for a number is more often a mistake. */
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, "is not a whole number")
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be between ${least} and ${most}`);

/** An IP address, with a port or without, as `dns.setServers` takes it. */
function isNameServer(value: string): boolean {
  const [, bracketed, plain] = /^(?:\[(.+)\](?::\d{1,5})?|([^:]+)(?::\d{1,5})?)$/.exec(value) ?? [];
  return isIP(bracketed ?? plain ?? value) !== 0;
}

const connectionString = (protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must begin with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
    );

/** A bucket of S3, or of whatever speaks its protocol. */
export type Bucket = {
  /** With the bucket as its path. */
  address: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

/** A bucket by one address, with its keys where other addresses have a user name and a password. */
function readBucket(value: string): Bucket | null {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol) || !/^\/[a-z0-9][a-z0-9.-]+\/?$/.test(url.pathname))
    return null;
  if (url.username === "" || url.password === "" || url.hash !== "") return null;
  try {
    return {
      address: url.origin + url.pathname.replace(/\/$/, ""),
      region: url.searchParams.get("region") ?? "us-east-1",
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
    };
  } catch {
    return null;
  }
}

const schema = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  GRATA_DATA: z.string().min(1).default("./data"),
  PUBLIC_URL: z.string().transform(list).pipe(z.array(address).min(1, "is empty")).optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform(list)
    .pipe(
      z.array(
        z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "is not a list of IP addresses or networks"),
      ),
    )
    .default([]),
  DATABASE_URL: connectionString(["postgres:", "postgresql:"]).optional(),
  DATABASE_CONNECTIONS: wholeNumber(8, 1_000).default(18),
  REDIS_URL: connectionString(["redis:", "rediss:"]).optional(),
  SMTP_URL: connectionString(["smtp:", "smtps:"]).optional(),
  FILES_URL: z
    .string()
    .transform(readBucket)
    .refine(
      (bucket) => bucket !== null,
      "is not like: https://<key id>:<secret>@s3.example.com/<bucket>?region=us-east-1, with what is special in the secret percent-encoded",
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .trim()
    .regex(
      /^([^<>"\p{Cc}]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u,
      "is not like: Grata <grata@example.com>",
    )
    .optional(),
  DNS_SERVERS: z
    .string()
    .transform(list)
    .pipe(z.array(z.string().refine(isNameServer, "is not a list of IP addresses, with a port or without")))
    .default([]),
  GRATA_SECRET_KEY: z
    .string()
    .transform((value) => list(value).map(readKey))
    .refine(
      (keys) => keys.length > 0 && !keys.includes(null),
      "must be 32 bytes in base64, or several such keys, newest first, separated by commas; make one with: openssl rand -base64 32",
    )
    .transform((keys) => keys.filter((key) => key !== null))
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, "names a key twice")
    .optional(),
  PUSH_SERVICES: z.string().transform(list).pipe(z.array(address)).default([]),
  CHATS_PER_ADDRESS: wholeNumber(1, 1_000_000).default(300),
  MESSAGES_PER_VISITOR: wholeNumber(1, 1_000_000).default(5),
  SOCKETS_PER_ADDRESS: wholeNumber(1, 1_000_000).default(5_000),
  FFMPEG_PATH: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});

export type Configuration = {
  port: number;
  host: string;
  dataFolder: string;
  /** The addresses by which browsers reach Grata, first the one for links. Null: derived from the port. */
  publicUrls: string[] | null;
  trustedProxies: string[];
  /** Null: the embedded PostgreSQL under `dataFolder`. */
  databaseUrl: string | null;
  /** Connections to the database that this node may have open. */
  databaseConnections: number;
  redisUrl: string | null;
  /** Null: mails stay in the outbox. */
  smtpUrl: string | null;
  /** Where the files of chats lie. Null: in the folder `files` of `dataFolder`. */
  filesBucket: Bucket | null;
  /** Whom mails are from. */
  mailFrom: string;
  /** The name servers that are asked whether an own host name is proven. Empty: those of this machine. */
  dnsServers: string[];
  /** What secrets at rest are sealed with, the newest first. Null: keys of a file in `dataFolder`. */
  secretKeys: [Key, ...Key[]] | null;
  /** Origins that may be called to push, besides those of the browsers. */
  pushServices: string[];
  /** New chats that one network address may open in ten minutes. */
  chatsPerAddress: number;
  /** Messages a second that a visitor may go on sending; what else may be done over sockets follows from it. */
  messagesPerVisitor: number;
  /** Sockets that one network address may have open at a node. */
  socketsPerAddress: number;
  /** The ffmpeg that converts voice messages. Null: the machine's, else the one of the package. */
  ffmpegPath: string | null;
  logLevel: z.infer<typeof schema>["LOG_LEVEL"];
};

/** Reads the whole configuration. Throws one StartupProblem that lists every mistake. */
export function readConfiguration(environment: Record<string, string | undefined>): Configuration {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const mistakes = parsed.error.issues.map((issue) => `  ${issue.path[0]?.toString()}: ${issue.message}`);
    throw new StartupProblem(`The configuration has mistakes:\n${[...new Set(mistakes)].join("\n")}`);
  }
  const value = parsed.data;
  return {
    port: value.PORT,
    host: value.HOST,
    dataFolder: value.GRATA_DATA,
    publicUrls: value.PUBLIC_URL ?? null,
    trustedProxies: value.TRUSTED_PROXIES,
    databaseUrl: value.DATABASE_URL ?? null,
    databaseConnections: value.DATABASE_CONNECTIONS,
    redisUrl: value.REDIS_URL ?? null,
    smtpUrl: value.SMTP_URL ?? null,
    filesBucket: value.FILES_URL ?? null,
    mailFrom:
      value.MAIL_FROM ?? `Grata <no-reply@${new URL(value.PUBLIC_URL?.[0] ?? "http://localhost").hostname}>`,
    dnsServers: value.DNS_SERVERS,
    secretKeys: nonEmpty(value.GRATA_SECRET_KEY),
    pushServices: value.PUSH_SERVICES,
    chatsPerAddress: value.CHATS_PER_ADDRESS,
    messagesPerVisitor: value.MESSAGES_PER_VISITOR,
    socketsPerAddress: value.SOCKETS_PER_ADDRESS,
    ffmpegPath: value.FFMPEG_PATH ?? null,
    logLevel: value.LOG_LEVEL,
  };
}

function nonEmpty([first, ...rest]: Key[] = []): [Key, ...Key[]] | null {
  return first ? [first, ...rest] : null;
}
