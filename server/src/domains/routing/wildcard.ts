/**
 * Tells whether a text matches a pattern in which `*` stands for anything. Takes time in proportion to the product of
 * their lengths at worst: there is no pattern that makes it hang, as regular expressions have.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let [at, from] = [0, 0];
  /** The last star that was met, and how much of the text it has swallowed so far. */
  let [star, swallowed] = [-1, 0];
  while (from < text.length) {
    if (pattern[at] === "*") {
      [star, swallowed] = [at, from];
      at += 1;
    } else if (pattern[at] === text[from]) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      swallowed += 1;
      [at, from] = [star + 1, swallowed];
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}

/**
 * Tells whether the address of a page matches a pattern: one that begins with `/` is about the path, one with a scheme
 * about the whole address, any other about host and path. Case does not count.
 */
export function matchesPage(pattern: string, address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  const path = url.pathname + url.search;
  const wanted = pattern.toLowerCase();
  if (wanted.startsWith("/")) return matchesWildcard(wanted, path.toLowerCase());
  const text = wanted.includes("://") ? url.origin + path : url.host + path;
  return matchesWildcard(wanted, text.toLowerCase());
}
