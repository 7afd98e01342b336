import { defineConfig } from "vite";
import { lateFiles } from "../client/late-files.ts";
import { leanErrors } from "../client/lean-errors.ts";
import { leanRoutes } from "../client/lean-routes.ts";

/**
 * Small modules that the first opening needs and late parts use too. In one chunk they compress together; each in one of
 * its own they would cost the first opening half a kilobyte.
 */
const shared =
  /\/(client\/src\/(store|timers|client-id|route-address|light\/wire|browser\/late)|widget\/src\/(frame\/(ui\/(icon|isolate|frame-storage|use-observable|use-late)|chat\/wording)|texts\/(language|fill|load)))\.tsx?$|\/preact\//;

/** The chat window and the page to try it on. The server fills in the two placeholders at each answer. */
export default defineConfig({
  root: "src",
  publicDir: false,
  plugins: [lateFiles(), leanErrors(), leanRoutes({ answers: false })],
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    assetsDir: "assets/widget",
    target: "es2022",
    // The content security policy allows no data: fonts or scripts, and there are no pictures.
    assetsInlineLimit: 0,
    // For the tests, which take single parts away.
    manifest: true,
    rolldownOptions: {
      input: ["src/frame.html", "src/try.html"],
      output: { codeSplitting: { groups: [{ name: "shared", test: shared }] } },
    },
  },
});
