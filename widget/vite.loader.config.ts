import { defineConfig } from "vite";

/** The loader: one classic script without a hash in its name, because its address stands in shops' pages. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2020",
    lib: {
      entry: "src/loader/main.ts",
      name: "grataWebchat",
      formats: ["iife"],
      fileName: () => "webchat.js",
    },
  },
});
