import { inject } from "vitest";
import { openStorage } from "../../src/foundation/storage/storage.ts";
import { openSql } from "../checks/stored.ts";
import { freshDatabase } from "./databases.ts";
import { makeOrganisation } from "./test-node.ts";

/** A database with one organisation in it, for nodes that are other processes, and the test's own ways into it. */
export async function openSharedDatabase() {
  const database = await freshDatabase(inject("postgres"));
  const storage = openStorage({ connectionString: database.url }, { maximumConnections: 4 });
  const sql = await openSql(database.url);
  const services = { storage };
  return {
    url: database.url,
    services,
    sql,
    place: await makeOrganisation({ services }),
    async close() {
      await storage.close();
      await sql.end();
      await database.drop();
    },
  };
}
