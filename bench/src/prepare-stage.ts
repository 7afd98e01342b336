import type { Cleanup } from "./cleanup.ts";
import { startDriver } from "./driver/control.ts";
import { BenchFailure } from "./failure.ts";
import { type Stage, say } from "./measure/stage.ts";
import type { Options } from "./options.ts";
import { planOf } from "./plan.ts";
import { type GrataServer, ownServerProgram, startGrata } from "./system/grata-server.ts";
import { startReference } from "./system/reference-server.ts";
import { createWorkplace, type Workplace } from "./system/workplace.ts";
import { openDatabase } from "./world/database.ts";
import { setUpOrganisation } from "./world/set-up.ts";

export type Prepared = {
  stage: Stage;
  secondsToReady: { empty: number; existing: number };
};

/** Starts both servers and the driver, and makes an organisation with an agent for each pair. */
export async function prepareStage(options: Options, cleanup: Cleanup): Promise<Prepared> {
  const workplace = await createWorkplace();
  cleanup.add(workplace.remove);
  const { server, organisationId, secondsToReady } = await startTwice(options, workplace, cleanup);
  const database = await openDatabase(workplace.dataFolder);
  cleanup.add(database.close);
  const plan = planOf(options);
  const cookies = await database.makeAgents(organisationId, options.pairs);
  const idleTokens = await database.makeVisitors(organisationId, plan.firstConnections + plan.connections);
  const channelId = await database.webchat();
  const reference = await startReference(database.connection);
  cleanup.add(() => reference.child.end("SIGKILL"));
  const driver = startDriver();
  cleanup.add(driver.end);
  await driver.ask("begin", {
    grata: { url: server.url, channelId },
    reference: { url: reference.url },
    cookies,
    idleTokens,
  });
  const postmaster = await workplace.postmaster();
  if (postmaster === undefined) throw new BenchFailure("The embedded PostgreSQL is not where it should be.");
  return {
    stage: {
      plan,
      driver,
      database,
      servers: { grata: server.child, reference: reference.child },
      postmaster,
      pairs: options.pairs,
      inFlight: options.inFlight,
    },
    secondsToReady,
  };
}

/** First on an empty folder, where the organisation is made, then on what that left. */
async function startTwice(options: Options, { dataFolder }: Workplace, cleanup: Cleanup) {
  const program = options.server ?? ownServerProgram();
  const start = async (): Promise<GrataServer> => {
    const server = await startGrata({ program, dataFolder });
    cleanup.add(server.stop);
    return server;
  };
  say(`Starting ${program} ...`);
  const first = await start();
  const organisationId = await setUpOrganisation(first);
  await first.stop();
  const server = await start();
  const secondsToReady = { empty: first.secondsToReady, existing: server.secondsToReady };
  say(
    `Ready after ${secondsToReady.empty.toFixed(2)} s on an empty folder, ${secondsToReady.existing.toFixed(2)} s on an existing one`,
  );
  return { server, organisationId, secondsToReady };
}
