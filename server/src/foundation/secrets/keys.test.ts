import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test } from "vitest";
import { problemOf } from "../../../testing/checks/problem.ts";
import { beginSignIn, codeOf, enrol, giveCode } from "../../../testing/scenes/factors.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { outcomeIn, sqlOn } from "../../../testing/scenes/team.ts";
import { runCommand } from "../../../testing/servers/command.ts";
import { secretKey } from "../../../testing/servers/secret-key.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { shippedChannels } from "../../app/channel-registry.ts";
import { fixedKeys, keyOf, readKey } from "../configuration/keys.ts";
import { addKey, createKeyFile, keyFileOf, readKeyFile } from "./key-file.ts";
import { openNodeKeys } from "./open-secrets.ts";
import { sealAnew } from "./reseal.ts";

const columns = shippedChannels.secretColumns;
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "grata-keys-"));
  file = keyFileOf(folder);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

describe("H5: the key file", () => {
  test("is made once, for its owner only, whoever else makes it at the same moment", async () => {
    expect(await readKeyFile(file)).toBeNull();
    await Promise.all(Array.from({ length: 8 }, () => createKeyFile(file)));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readKeyFile(file)).toHaveLength(1);
    expect(await readdir(folder)).toEqual(["secret-keys"]);
    const [first] = (await readKeyFile(file)) ?? [];
    await addKey(file);
    expect((await readKeyFile(file))?.map(({ id }) => id)[1]).toBe(first?.id);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("H5: is refused while others may read it", async () => {
    await createKeyFile(file);
    await chmod(file, 0o640);
    expect(await problemOf(readKeyFile(file))).toBe(
      `Others may read the key file ${file}; take that right from them with "chmod 600 ${file}".`,
    );
  });

  test.each(["", "\n\n", "not a key\n", `${secretKey}\nhalf a ke`])("H5: %j is damaged", async (text) => {
    await writeFile(file, text, { mode: 0o600 });
    expect(await problemOf(readKeyFile(file))).toBe(
      `The key file ${file} is damaged: each line must be 32 bytes in base64; put it back from your backup.`,
    );
  });
});

describe("H5: keys and the secrets of the database", () => {
  let node: TestNode;
  let organisationId: string;
  let channelId: string;

  beforeAll(async () => {
    node = await startTestNode({ environment: { TRUSTED_PROXIES: "127.0.0.1, ::1" } });
    ({ organisationId, channelId } = await makeOrganisation(node));
  });
  afterAll(() => node.stop());

  const storage = () => node.services.storage;
  const place = (changes: object) => ({ secretKeys: null, dataFolder: folder, redisUrl: null, ...changes });
  const ours = readKey(secretKey) ?? keyOf(Buffer.alloc(32));
  const other = keyOf(Buffer.alloc(32, 9));
  const usedKeys = async () =>
    (await storage().system<{ id: string }>("system_secret_keys", [])).map(({ id }) => id);
  const signsIn = async (user: { userId: string; email: string; seed: string }) => {
    await sqlOn(node, "UPDATE authenticators SET last_step = 0 WHERE user_id = $1", [user.userId]);
    return outcomeIn(await giveCode(node, await beginSignIn(node, user.email), codeOf(user.seed)));
  };
  const withApp = async () => {
    const user = await makeUser(node, organisationId);
    return { ...user, ...(await enrol(node, user)) };
  };

  test("H5: a node does not start without the key of what is there, and makes no new one", async () => {
    await withApp();
    expect(await problemOf(openNodeKeys(place({ secretKeys: [other] }), storage(), columns))).toBe(
      "The database holds secrets under a key that is not in GRATA_SECRET_KEY: put the key back there, behind the newest one if there is another.",
    );
    expect(await problemOf(openNodeKeys(place({}), storage(), columns))).toContain(
      `is not in the file ${file}: put`,
    );
    expect(await readdir(folder)).toEqual([]);
    await writeFile(file, `${other.bytes.toString("base64")}\n`, { mode: 0o600 });
    expect(await problemOf(openNodeKeys(place({}), storage(), columns))).toContain(
      `is not in the file ${file}: put`,
    );
    await openNodeKeys(place({ secretKeys: [other, ours] }), storage(), columns);
  });

  test("H1, H5: several nodes are told that they need one key", async () => {
    expect(await problemOf(openNodeKeys(place({ redisUrl: inject("redisUrl") }), storage(), columns))).toBe(
      'Several nodes need the same key for the secrets in their database: make one with "openssl rand -base64 32" and set it as GRATA_SECRET_KEY on each of them.',
    );
  });

  test("D1, H5: what an older release stored in plain text is sealed by a node that is alone", async () => {
    await sqlOn(
      node,
      `INSERT INTO webchat_settings (organisation_id, channel_id, allowed_origins, colour, position, launcher, texts,
         secret, former_secret)
       VALUES ($1, $2, '{}', '#123456', 'right', true, '{}', 'plain one', 'plain two')`,
      [organisationId, channelId],
    );
    const stored = () =>
      sqlOn<{ secret: string; former: string }>(
        node,
        "SELECT secret, former_secret AS former FROM webchat_settings",
      );
    await openNodeKeys(place({ secretKeys: [ours], redisUrl: inject("redisUrl") }), storage(), columns);
    expect(await stored()).toEqual([{ secret: "plain one", former: "plain two" }]);
    await openNodeKeys(place({ secretKeys: [ours] }), storage(), columns);
    const [row] = await stored();
    const where = { organisationId, purpose: "webchat.identity", rowId: channelId } as const;
    expect(await node.services.secrets.open(where, row?.secret ?? "")).toBe("plain one");
    expect(await node.services.secrets.open(where, row?.former ?? "")).toBe("plain two");
  });

  test("H5: rotation seals everything under the newest key, many rows, and again where it was stopped", async () => {
    const users = [await withApp(), await withApp()];
    await sqlOn(
      node,
      `INSERT INTO channels (organisation_id, id, kind, name)
       SELECT $1, gen_random_uuid(), 'webchat', 'Many' FROM generate_series(1, 120)`,
      [organisationId],
    );
    await sqlOn(
      node,
      `INSERT INTO webchat_settings (organisation_id, channel_id, allowed_origins, colour, position, launcher, texts, secret)
       SELECT organisation_id, id, '{}', '#123456', 'right', true, '{}', 'plain ' || id FROM channels WHERE name = 'Many'`,
    );
    const run = () =>
      runCommand(node, ["rotate-secrets"], {
        GRATA_SECRET_KEY: `${other.bytes.toString("base64")},${secretKey}`,
      });
    const first = await run();
    expect([first.code, first.stdout]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(`^Done\\. 12\\d secrets were sealed anew; all are under the key ${other.id} now\\.\\n$`),
      ),
    ]);
    expect(await usedKeys()).toEqual([other.id]);
    const second = await run();
    expect(second.stdout).toContain("Done. 0 secrets");
    // The node of this test knows only the older key, and says so at use.
    expect(await signsIn(users[0] as (typeof users)[0])).toBe("internal");
    await sealAnew(
      storage(),
      {
        newest: async () => ours,
        find: fixedKeys([other, ours]).find,
      },
      columns,
    );
    for (const user of users) expect(await signsIn(user)).toBe("yes");
  });

  test("H5: a secret that was moved to another row opens nothing", async () => {
    const [one, two] = [await withApp(), await withApp()];
    await sqlOn(
      node,
      `UPDATE authenticators SET secret = (SELECT secret FROM authenticators WHERE user_id = $1) WHERE user_id = $2`,
      [one.userId, two.userId],
    );
    expect(await signsIn({ ...two, seed: one.seed })).toBe("internal");
    await sqlOn(node, "DELETE FROM authenticators WHERE user_id = $1", [two.userId]);
  });
});

describe("H5: a key file in use", () => {
  test("H5: a node makes one, and the command puts a new key into it while the node runs", async () => {
    const environment = { GRATA_SECRET_KEY: "", GRATA_DATA: folder, TRUSTED_PROXIES: "127.0.0.1, ::1" };
    const node = await startTestNode({ environment });
    onTestFinished(() => node.stop());
    const { organisationId } = await makeOrganisation(node);
    const user = await makeUser(node, organisationId);
    const { seed } = await enrol(node, user);
    const [former] = (await readKeyFile(file)) ?? [];
    const rotate = () => runCommand(node, ["rotate-secrets"], { GRATA_DATA: folder });
    expect((await rotate()).stdout).toContain("Done. 1 secrets");
    const [newest, kept] = (await readKeyFile(file)) ?? [];
    expect([kept?.id, newest?.id === former?.id]).toEqual([former?.id, false]);
    const signedIn = await giveCode(node, await beginSignIn(node, user.email), codeOf(seed));
    expect(outcomeIn(signedIn)).toBe("yes");
    // Stopped after the new key was made: the next run goes on with it.
    await addKey(file);
    const text = await readFile(file, "utf8");
    expect((await rotate()).stdout).toContain("Done. 1 secrets");
    expect(await readFile(file, "utf8")).toBe(text);
    const other = await makeUser(node, organisationId);
    await enrol(node, other);
    const used = await node.services.storage.system<{ id: string }>("system_secret_keys", []);
    expect(used.map(({ id }) => id)).toEqual([(await readKeyFile(file))?.[0].id]);
  });
});
