import { type ErrorCode, errors } from "@grata/contract/errors";
import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, failureIn } from "../../../../testing/checks/http.ts";
import {
  connectAgent,
  connectVisitorAgain,
  makeVisitor,
  newClientId,
} from "../../../../testing/scenes/people.ts";
import { adminOf, makeSecret } from "../../../../testing/scenes/web-chats.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";

let node: TestNode;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let admin: Record<string, string>;
let secret: string;

beforeAll(async () => {
  node = await startTestNode();
  place = await makeOrganisation(node);
  admin = await adminOf(node, place.organisationId);
  ({ secret } = await makeSecret(node, admin, place.channelId));
});
afterAll(() => node.stop());

const claims = { sub: "customer-7", name: "Mei Lin", email: "mei@example.test" };
const now = () => Math.floor(Date.now() / 1000);

function sign(payload: JWTPayload, by = secret, algorithm = "HS256"): Promise<string> {
  const withTime = { exp: now() + 600, ...payload };
  return new SignJWT(withTime).setProtectedHeader({ alg: algorithm }).sign(new TextEncoder().encode(by));
}

async function identify(identity: string, token?: string, channelId = place.channelId) {
  const answer = await call(node, "POST", `/api/webchat/${channelId}/identity`, {
    body: { identity, ...(token !== undefined && { token }) },
  });
  if (answer.status !== 200) throw new Error(failureIn(answer).code);
  return JSON.parse(answer.text) as { token: string; customerId: string };
}

test("D1: the same customer on two devices has the same chats, and the agent sees who vouched", async () => {
  const phone = await identify(await sign(claims));
  const laptop = await identify(await sign({ ...claims, name: "Mei Lin-Wang" }));
  expect(laptop.customerId).toBe(phone.customerId);
  expect(laptop.token).not.toBe(phone.token);
  expect(await identify(await sign(claims), phone.token)).toEqual(phone);

  const writing = await connectVisitorAgain(node, place.channelId, phone.token);
  await writing.request("conversation.open", { clientId: newClientId(), text: "Hello" });
  const reading = await connectVisitorAgain(node, place.channelId, laptop.token);
  const mine = await reading.request("conversation.mine", {});
  expect(mine.conversation?.head).toBe(1);
  expect(mine.reachable).toBe(true);
  const agent = await connectAgent(node, place.organisationId);
  const { conversation } = await agent.request("conversation.claimNext", { order: "longest" });
  expect(conversation.customer).toMatchObject({
    name: "Mei Lin",
    email: "mei@example.test",
    identified: true,
  });
  for (const person of [writing, reading, agent]) person.close();
});

test("D1: an anonymous chat of this browser never becomes part of the account", async () => {
  const anonymous = await makeVisitor(node, place.channelId);
  const writing = await connectVisitorAgain(node, place.channelId, anonymous.token);
  const opened = await writing.request("conversation.open", { clientId: newClientId(), text: "Who am I?" });
  const known = await identify(await sign({ sub: "customer-8" }), anonymous.token);
  expect(known.token).not.toBe(anonymous.token);
  expect(known.customerId).not.toBe(anonymous.customerId);
  const reading = await connectVisitorAgain(node, place.channelId, known.token);
  const { conversationId } = { conversationId: opened.conversation.id };
  await expect(reading.request("entries.after", { conversationId, after: 0 })).rejects.toThrow();
  expect((await reading.request("conversation.mine", {})).conversation).toBeNull();
  for (const person of [writing, reading]) person.close();
});

test("D1: what a customer says of themselves does not replace what the shop says", async () => {
  const known = await identify(await sign({ sub: "customer-9", email: "shop@example.test" }));
  const visitor = await connectVisitorAgain(node, place.channelId, known.token);
  const contact = { name: "Somebody", email: "other@example.test" };
  await visitor.request("conversation.open", { clientId: newClientId(), text: "Hi", contact });
  const agent = await connectAgent(node, place.organisationId);
  const { conversation } = await agent.request("conversation.claimNext", { order: "newest" });
  expect(conversation.customer).toMatchObject({ name: "Somebody", email: "shop@example.test" });
  for (const person of [visitor, agent]) person.close();
});

test("D1: a name or an address that is none is left out", async () => {
  const { token } = await identify(await sign({ sub: "customer-10", name: "  \u0000", email: "nobody" }));
  const visitor = await connectVisitorAgain(node, place.channelId, token);
  expect((await visitor.request("conversation.mine", {})).reachable).toBe(false);
  visitor.close();
});

const wrong: Record<string, [() => Promise<string>, ErrorCode]> = {
  "one that is none": [async () => "not.a.token", "identity_invalid"],
  "one signed by somebody else": [() => sign(claims, "x".repeat(43)), "identity_invalid"],
  "one with another algorithm": [() => sign(claims, secret.padEnd(64, "x"), "HS512"), "identity_invalid"],
  "one without a signature": [
    async () => new UnsecuredJWT({ ...claims, exp: now() + 600 }).encode(),
    "identity_invalid",
  ],
  "one that has expired": [() => sign({ ...claims, exp: now() - 120 }), "identity_expired"],
  "one that expired and is signed by somebody else": [
    () => sign({ ...claims, exp: now() - 120 }, "x".repeat(43)),
    "identity_invalid",
  ],
  "one without an end": [() => sign({ ...claims, exp: undefined }), "identity_invalid"],
  "one without a customer": [() => sign({ name: "Mei" }), "identity_invalid"],
  "one with an empty customer": [() => sign({ sub: "" }), "identity_invalid"],
};

test.each(Object.keys(wrong))("D1: of the tokens, %s identifies nobody", async (which) => {
  const [make, code] = wrong[which] ?? [];
  await expect(identify((await make?.()) ?? "")).rejects.toThrow(code);
  expect(Object.keys(errors)).toContain(code);
});

test("D1, H2: a secret is good for its own channel only, and a former one while it lasts", async () => {
  const other = await makeOrganisation(node, "Elsewhere");
  const otherAdmin = await adminOf(node, other.organisationId);
  const theirs = await makeSecret(node, otherAdmin, other.channelId);
  const token = await sign(claims, theirs.secret);
  await expect(identify(token)).rejects.toThrow("identity_invalid");
  await identify(token, undefined, other.channelId);
  await makeSecret(node, otherAdmin, other.channelId);
  await identify(token, undefined, other.channelId);
  await makeSecret(node, otherAdmin, other.channelId, true);
  await expect(identify(token, undefined, other.channelId)).rejects.toThrow("identity_invalid");
});
