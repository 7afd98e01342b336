/** Whether this browser is told while no console is open. */
import { ownPush, pushSubscription } from "../push.ts";
import { route } from "./route.ts";

export const readOwnPush = route("GET", "/api/push", {
  summary: "Reads the key for subscribing, and whether this session has a subscription",
  permission: "push.own",
  answer: ownPush,
});
export const subscribe = route("PUT", "/api/push", {
  summary: "Keeps the browser's subscription for the session that asks, with which it ends",
  permission: "push.own",
  body: pushSubscription,
  refusals: ["push_service_unknown", "push_keys_invalid"],
});
export const unsubscribe = route("DELETE", "/api/push", {
  summary: "Forgets the subscription of the session that asks",
  permission: "push.own",
});
