import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{contract,client,server,console,widget,bench}/src/**/*.test.{ts,tsx}", "scripts/**/*.test.js"],
    globalSetup: ["server/src/testing/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
