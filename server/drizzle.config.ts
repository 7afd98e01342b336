import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  // A test of the tables lies beside them.
  schema: "./src/foundation/schema/!(*.test).ts",
  out: "./migrations",
});
