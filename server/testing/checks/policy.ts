/** The directives of an answer's content security policy. */
export function directivesOf({ headers }: { headers: Headers }): Map<string, string> {
  const policy = headers.get("content-security-policy") ?? "";
  return new Map(
    policy
      .split(";")
      .map((directive) => directive.trim())
      .filter((directive) => directive !== "")
      .map((directive): [string, string] => {
        const [name = "", ...sources] = directive.split(/\s+/);
        return [name, sources.join(" ")];
      }),
  );
}
