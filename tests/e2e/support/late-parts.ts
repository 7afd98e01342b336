import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";

/** An `import()` in a source file, and the function of ours that is given it. */
type LateImport = { file: string; target: string; by: string[] };

/** Every `import()` below a folder, with the names of all functions in whose parameters it stands. */
export function lateImports(folder: string): LateImport[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .flatMap((name) => {
      const file = join(folder, name);
      const found: LateImport[] = [];
      const { program } = parseSync(file, readFileSync(file, "utf8"));
      visit(program, [], (target, by) => found.push({ file, target, by }));
      return found;
    });
}

/** Every call of React's own `lazy`, and every way around the one module: none. */
export function plainLazies(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) =>
      /\.tsx?$/.test(name) && /\b(lazy|lazyRouteComponent)\(/.test(readFileSync(join(folder, name), "utf8")),
  );
}

function visit(node: unknown, by: string[], found: (target: string, by: string[]) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, by, found);
  } else if (node !== null && typeof node === "object") {
    const { type, source, callee } = node as { type?: string; source?: Named; callee?: Named };
    if (type === "ImportExpression") found(String(source?.value), by);
    const inner = type === "CallExpression" && callee?.name ? [...by, callee.name] : by;
    for (const child of Object.values(node)) visit(child, inner, found);
  }
}

type Named = { name?: string; value?: unknown };

/** The files of each late part of a built app, by the part's source; the texts of all languages are one part. */
export function builtParts(app: "console" | "widget"): Map<string, string[]> {
  const manifest: Record<string, { file: string; css?: string[]; isDynamicEntry?: boolean }> = JSON.parse(
    readFileSync(`${app}/dist/.vite/manifest.json`, "utf8"),
  );
  const parts = new Map<string, string[]>();
  for (const [source, { file, css = [], isDynamicEntry }] of Object.entries(manifest)) {
    if (!isDynamicEntry) continue;
    const name = source.replace(/^src\//, "").replace(/\.(en|zh-Hans|zh-Hant)\.json$/, "");
    parts.set(name, [...(parts.get(name) ?? []), file, ...css]);
  }
  return parts;
}
