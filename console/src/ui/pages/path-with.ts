/** The address of one page of a list: its filters, and where the page before ended, unless it is the first. */
export function pathWith(path: string, query: object, cursor: string): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const parameters = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
  if (cursor !== "") {
    parameters.set("cursor", cursor);
  }
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}
