import type { ESTree, Plugin } from "vite";

/**
 * Leaves of the contract's routes what a browser calls them by: method, path and, with `answers`, the schema of the
 * answer. Permissions and the schemas of what is sent are the server's business, and would cost every visitor bytes.
 */
export function leanRoutes({ answers }: { answers: boolean }): Plugin {
  const kept = answers ? ["answer"] : [];
  return {
    name: "grata:lean-routes",
    transform: {
      filter: { id: /\/contract\/src\/routes\/[\w-]+\.ts$/ },
      handler(code, id) {
        if (id.endsWith("/all.ts")) this.error("All routes at once are for the server alone.");
        const text = ({ start, end }: ESTree.Span) => code.slice(start, end);
        const parts: string[] = [];
        let done = 0;
        for (const { call, method, path, details } of this.parse(code).body.flatMap(routesIn)) {
          const lean = details.filter(({ key }) => kept.includes(text(key))).map(text);
          const entries = [`method: ${text(method)}`, `path: ${text(path)}`, ...lean];
          parts.push(code.slice(done, call.start), `{ ${entries.join(", ")} }`);
          done = call.end;
        }
        return { code: parts.join("") + code.slice(done), map: null };
      },
    },
  };
}

/** Finds the routes that a statement exports: `export const name = route(method, path, { ... })`. */
function routesIn(statement: ESTree.Statement) {
  if (statement.type !== "ExportNamedDeclaration") return [];
  if (statement.declaration?.type !== "VariableDeclaration") return [];
  return statement.declaration.declarations.flatMap(({ init: call }) => {
    if (call?.type !== "CallExpression" || call.callee.type !== "Identifier") return [];
    const [method, path, details] = call.arguments;
    if (call.callee.name !== "route" || !method || !path || details?.type !== "ObjectExpression") return [];
    return { call, method, path, details: details.properties.filter((entry) => entry.type === "Property") };
  });
}
