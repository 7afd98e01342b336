import type { User, Visitor } from "../foundation/access/principal.ts";

/** Who hears what. A conversation has no room: its entries go to its customer and to whoever serves it now. */
export const rooms = {
  team: (organisationId: string) => `team:${organisationId}`,
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
      ];
    case "visitor":
      return [rooms.customer(principal.customerId)];
  }
}
