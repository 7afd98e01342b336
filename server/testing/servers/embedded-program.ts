import { join } from "node:path";
import { attachEmbeddedPostgres } from "@grata/embedded-postgres/supervise";
import { newDataFolder } from "@grata/embedded-postgres/testing/world";
import { onTestFinished } from "vitest";
import { openStorage } from "../../src/foundation/storage/storage.ts";
import { openSql } from "../checks/stored.ts";
import { databaseUrl } from "./databases.ts";
import { type Program, runProgram } from "./program.ts";
import { startTcpProxy } from "./tcp-proxy.ts";
import { makeOrganisation } from "./test-node.ts";

/**
 * The whole program on an embedded database in a throw-away folder, behind an address that stays the same when it is
 * killed and started again, and with one organisation in it. All of it is gone when the test is finished.
 */
export async function startEmbeddedProgram(container: string[] = []) {
  const dataFolder = newDataFolder();
  let program: Program = await start();
  const address = await startTcpProxy(portOf(program));
  const { connection } = await attachEmbeddedPostgres({ dataFolder });
  const storage = openStorage(connection, { maximumConnections: 4 });
  const services = { storage };
  const place = await makeOrganisation({ services });
  onTestFinished(async () => {
    await storage.close();
    await address.close();
    await program.kill();
  });

  async function start(): Promise<Program> {
    const many = { CHATS_PER_ADDRESS: "100000", MESSAGES_PER_VISITOR: "100000" };
    const started = runProgram({ GRATA_DATA: dataFolder, ...many }, container);
    await started.ready();
    return started;
  }

  return {
    url: address.url,
    services,
    place,
    dataFolder,
    /** The folder of the PostgreSQL cluster. */
    cluster: join(dataFolder, "postgres"),
    program: () => program,
    async startAgain() {
      program = await start();
      address.to(portOf(program));
    },
    /** A connection to the database as its owner. */
    openSql: () => openSql(databaseUrl(connection)),
  };
}

const portOf = (program: Program) => Number(new URL(program.url()).port);
