import { readdirSync } from "node:fs";
import { defineConfig } from "drizzle-kit";

const folder = "./src/foundation/schema";

export default defineConfig({
  dialect: "postgresql",
  schema: readdirSync(folder)
    .filter((name) => !name.endsWith(".test.ts"))
    .map((name) => `${folder}/${name}`),
  out: "./migrations",
});
