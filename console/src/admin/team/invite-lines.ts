import type { Language } from "@grata/contract/languages";
import {
  invitationLinesLimit,
  type ManyInvitations,
  type ManyInvitationsReport,
  type Role,
} from "@grata/contract/team";
import type { ListedPerson } from "./parse-people.ts";

/** What became of one line of a list. */
export interface LineReport {
  person: ListedPerson<Role, Language>;
  /** Why it was not taken; null when the person is invited. */
  refused: string | null;
}

type Outcome = ManyInvitationsReport["lines"][number];

/**
 * Invites everybody in a list, so many at once as the server takes, and tells of each batch when it is done. A line with
 * a word that is not understood is told as refused first, and is not sent: what it meant is not for us to guess. A batch
 * that fails as a whole leaves those before it invited: its own lines are told as refused, and the rest are not tried.
 */
export async function inviteLines(options: {
  people: readonly ListedPerson<Role, Language>[];
  defaults: { role: Role; language: Language };
  send: (body: ManyInvitations) => Promise<readonly Outcome[]>;
  sentenceOf: (error: unknown) => string;
  unknownWord: (word: string) => string;
  onReports: (reports: readonly LineReport[]) => void;
}): Promise<void> {
  const { defaults, send, sentenceOf, unknownWord, onReports } = options;
  const people = options.people.filter(({ unknown }) => unknown === null);
  onReports(
    options.people.flatMap((person) =>
      person.unknown === null ? [] : [{ person, refused: unknownWord(person.unknown) }],
    ),
  );
  for (let done = 0; done < people.length; done += invitationLinesLimit) {
    const batch = people.slice(done, done + invitationLinesLimit);
    try {
      const outcomes = await send({ lines: batch.map((person) => lineOf(person, defaults)) });
      onReports(batch.map((person, index) => ({ person, refused: reasonIn(outcomes[index]) })));
    } catch (error) {
      const refused = sentenceOf(error);
      onReports(people.slice(done).map((person) => ({ person, refused })));
      return;
    }
  }
}

function lineOf(
  { name, email, role, language }: ListedPerson<Role, Language>,
  defaults: { role: Role; language: Language },
): ManyInvitations["lines"][number] {
  return { name, email, role: role ?? defaults.role, language: language ?? defaults.language };
}

function reasonIn(outcome: Outcome | undefined): string | null {
  if (outcome?.outcome !== "refused") {
    return null;
  }
  const fields = Object.values(outcome.fields).map(({ message }) => message);
  return fields.length > 0 ? fields.join(" ") : outcome.message;
}
