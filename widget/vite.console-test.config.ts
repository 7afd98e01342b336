import { defineConfig } from "vite";
import widget from "./vite.config.ts";

/** The page of a test's customer, built apart: what it shared with the chat window would cost each visitor requests. */
export default defineConfig({
  ...widget,
  build: {
    ...widget.build,
    emptyOutDir: false,
    manifest: false,
    rolldownOptions: { input: ["src/console-test.html"] },
  },
});
