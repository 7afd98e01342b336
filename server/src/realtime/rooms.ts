import type { User, Visitor } from "../foundation/access/principal.ts";
import { queuesOf } from "../foundation/access/visibility.ts";

/**
 * Who hears what. A conversation has no room: its entries go to its customer, and to whoever serves it now or, while it
 * waits, to everybody who sees its queue.
 */
export const rooms = {
  team: (organisationId: string) => `team:${organisationId}`,
  /** The team members who see what waits in a queue. */
  queue: (organisationId: string, queueId: string) => `queue:${organisationId}:${queueId}`,
  user: (userId: string) => `user:${userId}`,
  customer: (customerId: string) => `customer:${customerId}`,
  session: (sessionId: string) => `session:${sessionId}`,
};

export function roomsOf(principal: User | Visitor): string[] {
  switch (principal.kind) {
    case "user":
      return [
        rooms.team(principal.organisationId),
        rooms.user(principal.userId),
        rooms.session(principal.sessionId),
        ...queuesOf(principal).map((queueId) => rooms.queue(principal.organisationId, queueId)),
      ];
    case "visitor":
      return [rooms.customer(principal.customerId)];
  }
}
