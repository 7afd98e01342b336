// @ts-check
import { build } from "esbuild";
import { at } from "./paths.js";

const [outputFolder] = process.argv.slice(2);

/**
 * Leaves the packages in node_modules out and takes our own workspaces in: those are TypeScript, and Node 22 cannot run
 * it.
 * @type {import("esbuild").Plugin}
 */
const packagesStayOutside = {
  name: "packages stay outside",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./#]/ }, ({ path, kind }) => {
      const isOurs = kind === "entry-point" || path.startsWith("@grata/");
      return isOurs ? undefined : { path, external: true };
    });
  },
};

await build({
  absWorkingDir: at(""),
  entryPoints: {
    main: "server/src/app/main.ts",
    grata: "server/src/app/grata.ts",
    "voice/program": "server/src/domains/media/voice/bundled/program.ts",
  },
  outdir: outputFolder,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22",
  sourcemap: true,
  plugins: [packagesStayOutside],
  logLevel: "warning",
});
