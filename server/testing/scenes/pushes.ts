import { expect } from "vitest";
import { call } from "../checks/http.ts";
import type { PushBox, TestSubscription } from "../outside/push-box.ts";
import type { TestNode } from "../servers/test-node.ts";
import { makeUser } from "./people.ts";

/** Subscribes a signed-in browser at this service. */
export async function subscribeAt(box: PushBox, node: TestNode, cookie: string): Promise<TestSubscription> {
  const subscription = box.subscribe();
  const answer = await call(node, "PUT", "/api/push", { body: subscription.body, headers: { cookie } });
  expect(answer.status).toBe(200);
  return subscription;
}

/** Somebody of the team with a subscription and no console open. */
export async function makeAway(
  box: PushBox,
  node: TestNode,
  organisationId: string,
  details?: Parameters<typeof makeUser>[2],
) {
  const user = await makeUser(node, organisationId, details);
  return { ...user, subscription: await subscribeAt(box, node, user.cookie) };
}
