import type { CustomerEntry, TeamEntry } from "@grata/contract/entries";

/** What really happened to messages and voices, each way. */
export interface Evidence {
  /** The customer has written. */
  arrived: boolean;
  /** The customer's window has shown an answer. */
  read: boolean;
  /** The customer's voice was played here. */
  heardHere: boolean;
  /** The agent's voice was played in the customer's window. */
  heardThere: boolean;
}

export const nothingYet: Evidence = { arrived: false, read: false, heardHere: false, heardThere: false };

interface Known {
  /** The last number that the customer's window has shown. */
  readByCustomer: number;
  /** The voices that were played here, and in the customer's window. */
  here: ReadonlySet<string>;
  there: ReadonlySet<string>;
}

/** Reads the evidence from the log of the test's chat. */
export function evidenceIn(log: readonly (TeamEntry | CustomerEntry)[], known: Known): Evidence {
  const messages = log.flatMap(({ seq, author, occurrence }) =>
    occurrence.kind === "message" ? [{ seq, by: author.kind, file: occurrence.file }] : [],
  );
  const ofCustomer = messages.filter(({ by }) => by === "customer");
  const ofAgent = messages.filter(({ by }) => by === "user");
  const wasPlayed = (said: typeof messages, played: ReadonlySet<string>) =>
    said.some(({ file }) => file?.kind === "voice" && played.has(file.id));
  return {
    arrived: ofCustomer.length > 0,
    read: ofAgent.some(({ seq }) => seq <= known.readByCustomer),
    heardHere: wasPlayed(ofCustomer, known.here),
    heardThere: wasPlayed(ofAgent, known.there),
  };
}
