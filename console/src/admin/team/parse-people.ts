/** Somebody who stands in a line of a list: as far as the line tells. */
export interface ListedPerson<Role, Language> {
  /** The number of the line, from one, as an editor shows it. */
  line: number;
  name: string;
  email: string;
  role: Role | null;
  language: Language | null;
  /** A part that is neither a role nor a language, in a line that has a name besides; null when all is understood. */
  unknown: string | null;
}

/** The words, in lower case, by which a list may name a role or a language. */
export interface ListWords<Role, Language> {
  roles: ReadonlyMap<string, Role>;
  languages: ReadonlyMap<string, Language>;
}

/**
 * Reads a list of people as it is pasted from a table, a mail client or a CSV file: one in each line, the parts in any
 * order. The part with an @ is the address, a known word is the role or the language, what is left is the name: one
 * part, because a second one may be a role that nobody knows, and would be passed over. A first line without an address
 * is the heading of a table. Everything else is judged by the server.
 */
export function parsePeople<Role, Language>(
  text: string,
  words: ListWords<Role, Language>,
): ListedPerson<Role, Language>[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const first = lines.findIndex((line) => line.trim() !== "");
  return lines.flatMap((line, index) => {
    const heading = index === first && !line.includes("@") && lines.some((other) => other.includes("@"));
    return line.trim() === "" || heading ? [] : [personIn(line, index + 1, words)];
  });
}

function personIn<Role, Language>(
  text: string,
  line: number,
  words: ListWords<Role, Language>,
): ListedPerson<Role, Language> {
  const person: ListedPerson<Role, Language> = {
    line,
    name: "",
    email: "",
    role: null,
    language: null,
    unknown: null,
  };
  for (const part of partsOf(text)) {
    const word = part.toLowerCase();
    const role = words.roles.get(word);
    const language = words.languages.get(word);
    if (part.includes("@") && person.email === "") {
      person.email = part;
    } else if (role !== undefined && person.role === null) {
      person.role = role;
    } else if (language !== undefined && person.language === null) {
      person.language = language;
    } else if (person.name === "") {
      person.name = part;
    } else {
      person.unknown ??= part;
    }
  }
  return person;
}

/** The parts of a line between commas, semicolons, tabs or angle brackets; quotes keep a part together. */
function partsOf(line: string): string[] {
  const parts = [...line.matchAll(/"((?:[^"]|"")*)"|[^,;\t，；<>"]+/g)];
  return parts.map(([whole, quoted]) => (quoted?.replaceAll('""', '"') ?? whole).trim()).filter(Boolean);
}
