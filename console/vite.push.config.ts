import { defineConfig } from "vite";

/** The service worker: one classic script without a hash in its name, because browsers ask for it again by its name. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "baseline-widely-available",
    lib: {
      entry: "src/notifications/push/worker.ts",
      name: "grataPushWorker",
      formats: ["iife"],
      fileName: () => "push-worker.js",
    },
  },
});
