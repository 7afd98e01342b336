import { dictionary } from "@zxcvbn-ts/language-common";

/** Some 49,000 passwords that leaked most often, in lower case. */
const listed = new Set(dictionary["passwords-common"]);

/** Whether a folded password is a listed one, or two listed ones in a row: nearly all listed ones are short. */
export function isCommonPassword(folded: string): boolean {
  if (listed.has(folded)) return true;
  for (let place = 4; place <= folded.length - 4; place++) {
    if (listed.has(folded.slice(0, place)) && listed.has(folded.slice(place))) return true;
  }
  return false;
}
