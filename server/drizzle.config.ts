import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: "./src/foundation/schema/*.ts",
  out: "./migrations",
});
