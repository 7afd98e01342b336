import { defineConfig } from "vitest/config";

/** Tests that start and kill whole programs, or replace a module and so need a process of their own. */
const apart = "**/*.{program,alone}.test.ts";
const tests = [
  "{contract,client,embedded-postgres,server,console,widget,bench}/src/**/*.test.{ts,tsx}",
  "scripts/**/*.test.js",
];

export default defineConfig({
  test: {
    globalSetup: ["server/testing/servers/global-setup.ts"],
    pool: "forks",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          include: tests,
          exclude: [apart],
          // Files share a process, so that it loads the server once.
          isolate: false,
          // Most of the time a test waits, so there are more workers than a small machine has cores.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "apart",
          include: [apart],
          exclude: ["**/node_modules/**"],
          // Each starts several processes and waits for them.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
