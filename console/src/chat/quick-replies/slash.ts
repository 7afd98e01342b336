/** A slash that calls quick replies, and what was typed behind it. */
export interface Slash {
  /** Its place in the text. */
  from: number;
  query: string;
}

/** More than this is no name that somebody looks for. */
const QUERY_LIMIT = 60;

/**
 * The slash before the cursor, if it begins a word. A blank or a second slash right behind it is somebody's own
 * writing, as in "yes / no" or "//"; in an address it stands inside a word.
 */
export function slashBefore(text: string): Slash | null {
  const found = /(?:^|\s)\/((?![\s/])[^\n/]*)?$/u.exec(text);
  const query = found?.[1] ?? "";
  return found === null || query.length > QUERY_LIMIT
    ? null
    : { from: text.length - query.length - 1, query };
}
