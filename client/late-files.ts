import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const loader = fileURLToPath(new URL("src/browser/late-files.ts", import.meta.url));

/**
 * Sends every `import()` of a browser app through `src/browser/late-files.ts` instead of Vite's own helper, and tells it
 * all files that the imported part needs, the part's own among them.
 */
export function lateFiles(): Plugin {
  return {
    name: "grata:late-files",
    enforce: "pre",
    config: () => ({
      build: {
        modulePreload: {
          // Every browser that is supported knows module preloading; the stand-in would tie the home page to the console.
          polyfill: false,
          resolveDependencies: (file, files, { hostType }) =>
            hostType === "js" ? [...new Set([file, ...files])] : [],
        },
      },
    }),
    resolveId: {
      filter: { id: /^\0vite\/preload-helper\.js$/ },
      handler: () => loader,
    },
  };
}
