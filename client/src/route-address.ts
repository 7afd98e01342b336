/** The names in a path, such as `userId` in `/api/team/users/:userId`. */
type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** Value of each path parameter. */
export type ParametersOf<Path extends string> = Record<NamesIn<Path>, string>;

/** The path of a route with its parameters in it. */
export function pathOf<Path extends string>(route: { path: Path }, parameters: ParametersOf<Path>): string {
  const values: Record<string, string> = parameters;
  return route.path.replace(/:(\w+)/g, (_whole, name) => encodeURIComponent(values[name] ?? ""));
}

/** A path with what is asked for behind it; what is empty is left out. */
export function withQuery(path: string, query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const parameters = new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)]));
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}
