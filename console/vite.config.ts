import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { lateFiles } from "../client/late-files.ts";
import { leanErrors } from "../client/lean-errors.ts";
import { leanRoutes } from "../client/lean-routes.ts";
import { homePages } from "./home-pages.ts";

export default defineConfig({
  base: "/",
  plugins: [lateFiles(), leanErrors(), leanRoutes({ answers: true }), react(), homePages()],
  // The server exchanges the placeholder for a fresh nonce on each answer.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    assetsDir: "assets/console",
    // `font-src` and `img-src` in the policy leave little room for data addresses: keep every asset a file.
    assetsInlineLimit: 0,
    // For the tests, which take single parts away.
    manifest: true,
    target: "baseline-widely-available",
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      input: ["index.html", "home.html", "refusal.html"],
      // What every page needs is one file. Left alone, each module that a lazy part shares with it becomes a file of
      // its own: sixty of them, which compress worse by a tenth. The home page's looks stay its own.
      output: {
        codeSplitting: {
          groups: [
            {
              name: "console",
              tags: ["$initial"],
              test: /^(?!.*\/src\/(home|routes\/installation)|.*(home|refusal)\.html)/,
            },
          ],
        },
      },
    },
  },
});
