/**
 * Where a conversation stands while it is open: for everybody of the team, for a user group, or for one user who tests
 * their console. Its id is that of the organisation, the group or the user, so that it never has to be looked up.
 */
export type Queue =
  | { kind: "everybody" }
  | { kind: "group"; groupId: string }
  | { kind: "test"; userId: string };

/** The columns of a conversation that say where it stands. */
export type Queued = { organisationId: string; queueId: string; isTest: boolean };

/** Reads the queue of a conversation. */
export function queueOf({ organisationId, queueId, isTest }: Queued): Queue {
  if (isTest) return { kind: "test", userId: queueId };
  return queueId === organisationId ? { kind: "everybody" } : { kind: "group", groupId: queueId };
}

/** The columns of a conversation that stands in a queue. */
export function inQueue(organisationId: string, queue: Queue): Queued {
  switch (queue.kind) {
    case "everybody":
      return { organisationId, queueId: organisationId, isTest: false };
    case "group":
      return { organisationId, queueId: queue.groupId, isTest: false };
    case "test":
      return { organisationId, queueId: queue.userId, isTest: true };
  }
}
