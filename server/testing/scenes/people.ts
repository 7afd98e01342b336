import { type Connection, connect } from "@grata/client/connection";
import type { ErrorCode } from "@grata/contract/errors";
import { type Handshake, type News, realtimeVersion } from "@grata/contract/realtime";
import { v7 as newId } from "uuid";
import type { Services } from "../../src/app/services.ts";
import { hashPassword } from "../../src/domains/accounts/password.ts";
import { beginSession } from "../../src/domains/accounts/session.ts";
import { users } from "../../src/foundation/schema/accounts.ts";

/** A node, or only the database that nodes of other processes share. */
export type WithStorage = { services: Pick<Services, "storage"> };
export type Person = Connection & { news: News[] };
export type TestAgent = Person & { userId: string; cookie: string };
export type TestVisitor = Person & { customerId: string; token: string };

let agents = 0;
let passwordHash: Promise<string> | undefined;

/** Adds a user to the team and returns the cookie of a session of theirs. */
export async function makeUser(
  node: WithStorage,
  organisationId: string,
  details: { name?: string; role?: "agent" | "admin"; password?: string } = {},
): Promise<{ userId: string; email: string; cookie: string }> {
  const number = ++agents;
  passwordHash ??= hashPassword("a wholly unguessed phrase");
  const hash = await passwordHash;
  const userId = newId();
  const email = `user${number}.${process.pid}@example.test`;
  const token = await node.services.storage.inOrganisation(organisationId, async (transaction) => {
    await transaction.insert(users).values({
      organisationId,
      id: userId,
      name: details.name ?? `Agent ${number}`,
      email,
      role: details.role ?? "agent",
      language: "en",
      passwordHash: hash,
    });
    return beginSession(transaction, { organisationId, userId }, { userAgent: "test", address: "" });
  });
  return { userId, email, cookie: `grata=${token}` };
}

/** A signed-in agent with an open socket to this node. */
export async function connectAgent(
  node: WithStorage & { url: string },
  organisationId: string,
  role: "agent" | "admin" = "agent",
): Promise<TestAgent> {
  const user = await makeUser(node, organisationId, { role });
  return Object.assign(await connectUser(node, user.cookie), { userId: user.userId, cookie: user.cookie });
}

/** One more socket of somebody who is signed in. */
export function connectUser(
  node: { url: string },
  cookie: string,
  headers: Record<string, string> = {},
): Promise<Person> {
  return open(node.url, () => ({ as: "user", version: realtimeVersion }), { ...headers, cookie });
}

/** A visitor of a web chat with an open socket. */
export async function connectVisitor(node: { url: string }, channelId: string): Promise<TestVisitor> {
  const { token, customerId } = await makeVisitor(node, channelId);
  return Object.assign(await connectVisitorAgain(node, channelId, token), { token, customerId });
}

export function connectVisitorAgain(
  node: { url: string },
  channelId: string,
  token: string,
): Promise<Person> {
  return open(node.url, () => ({ as: "visitor", version: realtimeVersion, channel: channelId, token }));
}

export async function makeVisitor(
  node: { url: string },
  channelId: string,
): Promise<{ token: string; customerId: string }> {
  const answer = await post(node, `/api/webchat/${channelId}/visitors`, {});
  return (await answer.json()) as { token: string; customerId: string };
}

export function post(
  node: { url: string },
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(node.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

export const newClientId = () => crypto.randomUUID();

/** The code that a request was refused with; fails when it was not refused. */
export async function refusal(request: Promise<unknown>): Promise<ErrorCode> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Error && "failure" in error) return (error.failure as { code: ErrorCode }).code;
    throw error;
  }
  throw new Error("It was not refused.");
}

/** Opens a connection and resolves when it is open; it stays open through restarts until it is closed. */
function open(url: string, handshake: () => Handshake, headers?: Record<string, string>): Promise<Person> {
  const news: News[] = [];
  return new Promise((resolve, reject) => {
    const connection = connect({
      url,
      handshake,
      ...(headers && { headers }),
      onNews: (item) => news.push(item),
      onState(state, failure) {
        if (state === "open") resolve(Object.assign(connection, { news }));
        if (state === "refused" || state === "reload_required")
          reject(Object.assign(new Error(state), { failure }));
      },
    });
  });
}
