import type { CustomerDetails } from "@grata/contract/customers";
import { call, failureIn } from "../checks/http.ts";
import { makeOrganisation, type TestNode } from "../servers/test-node.ts";
import { connectAgent, connectVisitor, newClientId, type TestAgent } from "./people.ts";

/** What somebody does to customers by HTTP: the answer, or the code of the refusal. */
export function customerDeeds(node: TestNode, { cookie }: { cookie: string }) {
  const ask = async <Answer = CustomerDetails>(method: string, path: string, body?: unknown) => {
    const answer = await call(node, method, path, {
      headers: { cookie },
      ...(body !== undefined && { body }),
    });
    return answer.status < 400 ? (JSON.parse(answer.text) as Answer) : failureIn(answer).code;
  };
  return { ask, of: (customerId: string) => deedsOn(ask, `/api/customers/${customerId}`) };
}

type Ask = ReturnType<typeof customerDeeds>["ask"];

function deedsOn(ask: Ask, path: string) {
  return {
    read: () => ask("GET", path),
    change: (body: object) => ask("PATCH", path, body),
    note: (text: unknown, id: string = newClientId()) => ask("POST", `${path}/notes`, { id, text }),
    unnote: (noteId: string) => ask("DELETE", `${path}/notes/${noteId}`),
    tag: (name: unknown) => ask("POST", `${path}/tags`, { name }),
    untag: (tagId: string) => ask("DELETE", `${path}/tags/${tagId}`),
    fill: (fieldId: string, value: unknown, was: string | null = null) =>
      ask("PUT", `${path}/fields/${fieldId}`, { was, value }),
    merge: (mergedId: string) => ask("POST", `${path}/merges`, { mergedId }),
    undo: (mergeId: string) => ask<object>("POST", `${path}/merges/${mergeId}/undo`, undefined),
    chats: () => ask<{ conversations: { id: string }[] }>("GET", `${path}/conversations`),
  };
}

/** The details in an answer; fails for a refusal. */
export function detailsIn(answer: CustomerDetails | string): CustomerDetails {
  if (typeof answer === "string") throw new Error(`Refused: ${answer}`);
  return answer;
}

/** A customer with an open chat that `agent` serves. */
export async function makeServed(node: TestNode, channelId: string, agent: TestAgent, name?: string) {
  const visitor = await connectVisitor(node, channelId);
  const { conversation } = await visitor.request("conversation.open", {
    clientId: newClientId(),
    text: `Hello from ${name ?? "somebody"}`,
    ...(name !== undefined && { contact: { name, email: `${newClientId()}@own.example` } }),
  });
  await agent.request("conversation.claim", { conversationId: conversation.id });
  return { visitor, customerId: visitor.customerId, conversationId: conversation.id };
}

/** An organisation with an agent and an admin, connected. */
export async function makeDesk(node: TestNode, name = "Tea House") {
  const place = await makeOrganisation(node, name);
  const agent = await connectAgent(node, place.organisationId);
  const colleague = await connectAgent(node, place.organisationId);
  const admin = await connectAgent(node, place.organisationId, "admin");
  const close = () => {
    for (const person of [agent, colleague, admin]) person.close();
  };
  return { ...place, agent, colleague, admin, close };
}
