import { defineConfig } from "vite";
import { lateFiles } from "../client/late-files.ts";

/** The chat window and the page to try it on. The server fills in the two placeholders at each answer. */
export default defineConfig({
  root: "src",
  publicDir: false,
  plugins: [lateFiles()],
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
    rolldownOptions: { input: ["src/frame.html", "src/try.html"] },
  },
});
