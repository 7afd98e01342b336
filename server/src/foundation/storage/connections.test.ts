import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { problemOf } from "../../../testing/checks/problem.ts";
import { startCluster, type TestCluster } from "../../../testing/servers/cluster.ts";
import { databaseUrl } from "../../../testing/servers/databases.ts";
import { startTestNode } from "../../../testing/servers/test-node.ts";
import { checkConnections } from "./connections.ts";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startCluster();
  await cluster.run(
    "CREATE ROLE grata_application NOLOGIN",
    "CREATE ROLE grata_system NOLOGIN",
    "CREATE ROLE shop LOGIN PASSWORD 'secret' CONNECTION LIMIT 8",
    "GRANT grata_application, grata_system TO shop",
    "CREATE DATABASE shop OWNER shop",
  );
}, 60_000);
afterAll(() => cluster.stop());

const asShop = () => ({ ...cluster.server, user: "shop", password: "secret", database: "shop" });

async function warningsFor(needed: number): Promise<string[]> {
  const warnings: string[] = [];
  await checkConnections(asShop(), needed, (sentence) => warnings.push(sentence));
  return warnings;
}

describe("the connections of a node", () => {
  test("H1: a node whose user may not have as many does not start, and says how many it opens and how many it may", async () => {
    expect(await problemOf(startTestNode({ databaseUrl: databaseUrl(asShop()) }))).toBe(
      'A node opens up to 18 connections to the database, and the user "shop" may have 8; raise it (ALTER ROLE "shop" CONNECTION LIMIT) or lower DATABASE_CONNECTIONS.',
    );
  });

  test("H1: a node that is to open no more than its user may serves, with all of them in use", async () => {
    const environment = { DATABASE_CONNECTIONS: "8" };
    const node = await startTestNode({ databaseUrl: databaseUrl(asShop()), environment });
    onTestFinished(() => node.stop());
    const { storage, writer } = node.services;
    const busy = Array.from({ length: 20 }, () =>
      storage.outsideOrganisations((transaction) => transaction.execute("SELECT pg_sleep(0.05)")),
    );
    await writer.rehearse();
    await Promise.all(busy);
    expect((await fetch(`${node.url}/healthz`)).status).toBe(200);
  });

  test("H1: the limits of the database and of the server count too, less what is kept for superusers", async () => {
    await cluster.run("ALTER ROLE shop CONNECTION LIMIT -1", "ALTER DATABASE shop CONNECTION LIMIT 20");
    expect(await problemOf(checkConnections(asShop(), 21, () => undefined))).toMatch(
      /the database "shop" may have 20;/,
    );
    await cluster.run("ALTER DATABASE shop CONNECTION LIMIT -1");
    expect(await warningsFor(90)).toEqual([]);
    expect(await problemOf(checkConnections(asShop(), 98, () => undefined))).toMatch(
      /this PostgreSQL may have 97;/,
    );
  });

  test("H1: connections that others have at this moment lead to a warning", async () => {
    await cluster.run("ALTER ROLE shop CONNECTION LIMIT 10");
    const environment = { DATABASE_CONNECTIONS: "8" };
    const node = await startTestNode({ databaseUrl: databaseUrl(asShop()), environment });
    onTestFinished(() => node.stop());
    const [warning] = await warningsFor(9);
    expect(warning).toMatch(/of the 10 that the user "shop" may have \d+ are in use;/);
  });
});
