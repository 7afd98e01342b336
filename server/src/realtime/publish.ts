import type { News } from "@grata/contract/realtime";
import type { ChannelRegistry } from "../channels/port.ts";
import type { Change } from "../domains/conversations/changes.ts";
import {
  presentCustomerEntry,
  presentDelivery,
  presentTeamEntry,
  withCapabilities,
} from "../domains/conversations/present.ts";
import { rooms } from "./rooms.ts";

/** Sends news to everybody in a room, on every node, but for one connection. */
export type Tell = (room: string, news: News, except: string | null) => void;

/** Turns changes into news for those who may see them, each in the form for their audience. */
export function publishChanges(
  tell: Tell,
  capabilitiesOf: ChannelRegistry["capabilitiesOf"],
  changes: Change[],
): void {
  for (const change of changes) {
    switch (change.kind) {
      case "entries": {
        const { conversationId, entries, knownTo } = change;
        const forCustomer = {
          type: "entries",
          conversationId,
          entries: entries.map(presentCustomerEntry),
        } as const;
        tell(rooms.customer(change.customerId), forCustomer, knownTo);
        if (change.team === null) break;
        const forTeam = { type: "entries", conversationId, entries: entries.map(presentTeamEntry) } as const;
        tell(roomOf(change.organisationId, change.team), forTeam, knownTo);
        break;
      }
      case "deliveries": {
        const { organisationId, conversationId, states, team } = change;
        if (team === null) break;
        const told = { type: "deliveries", conversationId, states: states.map(presentDelivery) } as const;
        tell(roomOf(organisationId, team), told, null);
        break;
      }
      case "typing": {
        const { conversationId, by, typing, to } = change;
        const room = "userId" in to ? rooms.user(to.userId) : rooms.customer(to.customerId);
        tell(room, { type: "typing", conversationId, by, typing }, null);
        break;
      }
      case "waiting": {
        const { organisationId, queueId, version, total, removed } = change;
        const changed = change.changed.map((line) => withCapabilities(line, capabilitiesOf));
        const step = { type: "waiting.changed", version, total, changed, removed } as const;
        tell(
          rooms.queue(organisationId, queueId),
          queueId === organisationId ? step : { ...step, queue: queueId },
          null,
        );
        break;
      }
      case "current": {
        const { version, removed } = change;
        const changed = change.changed.map((line) => withCapabilities(line, capabilitiesOf));
        tell(rooms.user(change.userId), { type: "current.changed", version, changed, removed }, null);
        break;
      }
      case "customer": {
        const { organisationId, customerIds } = change;
        tell(rooms.team(organisationId), { type: "customer.changed", customerIds }, null);
        break;
      }
      case "erased": {
        const { organisationId, conversations } = change;
        tell(rooms.team(organisationId), { type: "erased", conversations }, null);
        break;
      }
      case "handed": {
        const { userId, conversationId, by } = change;
        tell(rooms.user(userId), { type: "handed", conversationId, by }, null);
        break;
      }
      case "mentioned": {
        const { userIds, conversationId, by, text } = change;
        for (const userId of userIds)
          tell(rooms.user(userId), { type: "mentioned", conversationId, by, text }, null);
        break;
      }
      case "read": {
        const { conversationId, seq, knownTo } = change;
        tell(rooms.user(change.userId), { type: "read", conversationId, seq }, knownTo);
        break;
      }
    }
  }
}

const roomOf = (organisationId: string, team: { userId: string } | { queueId: string }) =>
  "userId" in team ? rooms.user(team.userId) : rooms.queue(organisationId, team.queueId);
