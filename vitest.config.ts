import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "{contract,client,embedded-postgres,server,console,widget,bench}/src/**/*.test.{ts,tsx}",
      "scripts/**/*.test.js",
    ],
    globalSetup: ["server/testing/servers/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
