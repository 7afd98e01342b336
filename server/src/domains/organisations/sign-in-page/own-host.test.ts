import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { call, cookiesIn, failureIn } from "../../../../testing/checks/http.ts";
import { askRealtime } from "../../../../testing/checks/raw.ts";
import { type MailBox, openMailBox } from "../../../../testing/outside/mail-box.ts";
import { type NameServer, startNameServer } from "../../../../testing/outside/name-server.ts";
import { callAt, entranceIn, giveHost } from "../../../../testing/scenes/own-entrances.ts";
import { connectUser, makeUser } from "../../../../testing/scenes/people.ts";
import { auditOf, makeTeam, outcomeIn, sqlOn } from "../../../../testing/scenes/team.ts";
import { password, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";

const host = "chat.tea.example";
let names: NameServer;
let box: MailBox;
let node: TestNode;
let team: Awaited<ReturnType<typeof makeTeam>>;
let others: Awaited<ReturnType<typeof makeTeam>>;

beforeAll(async () => {
  names = await startNameServer();
  box = await openMailBox();
  node = await startTestNode({ environment: { DNS_SERVERS: names.address, SMTP_URL: box.url } });
  team = await makeTeam(node);
  others = await makeTeam(node);
  await giveHost(team, names, host);
});
afterAll(async () => {
  await node.stop();
  await box.down();
  names.close();
});

type Team = typeof team;
const setHost = (whose: Team, name: unknown) => whose.ask("PUT", "/api/organisation/host", { host: name });
const checkHost = (whose: Team) => whose.ask("POST", "/api/organisation/host/check");
const asksFor = async (domain: string, on: { url: string } = node) =>
  (await call(on, "GET", `/api/tls/ask?domain=${encodeURIComponent(domain)}`)).status;

describe("A4: an own host name", () => {
  test.each([
    ["Chat.Coffee.Example", "chat.coffee.example"],
    ["  chat.coffee.example ", "chat.coffee.example"],
    ["例子.Example", "xn--fsqu00a.example"],
  ])("A4: %j is kept as browsers send it", async (typed, kept) => {
    const mine = await makeTeam(node);
    const { host: stored } = entranceIn(await setHost(mine, typed));
    expect(stored).toEqual({
      name: kept,
      verified: false,
      record: { name: `_grata.${kept}`, value: expect.stringMatching(/^[\w-]{22}$/) },
    });
  });

  test.each([
    "https://chat.coffee.example",
    "chat.coffee.example/path",
    "chat.coffee.example:8080",
    "somebody@chat.coffee.example",
    "chat coffee.example",
    "chat",
    ".example",
    "chat..example",
    "chat.example.",
    "-chat.example",
    "chat_room.example",
    "192.0.2.7",
    "0x7f.1",
    "2130706433",
    "127.1",
    "[::1]",
    "::1",
    "chat.123",
    `${"a".repeat(64)}.example`,
    `${"a.".repeat(130)}example`,
    "chat\0.example",
    "<b>.example",
    "",
    5,
  ])("A4: %j is none", async (typed) => {
    const answer = await setHost(others, typed);
    expect([outcomeIn(answer), Object.keys(failureIn(answer).fields ?? {})]).toEqual([
      "host_invalid",
      ["host"],
    ]);
  });

  test("A4: is none of the installation's own", async () => {
    const behind = await startTestNode({
      environment: { PUBLIC_URL: "https://chat.example:8443,https://other.example" },
    });
    onTestFinished(() => behind.stop());
    const mine = await makeTeam(behind);
    const { cookie } = mine.admin;
    for (const name of ["chat.example", "OTHER.example"]) {
      const answer = await call(behind, "PUT", "/api/organisation/host", {
        body: { host: name },
        headers: { cookie: cookie.replace("grata=", "__Host-grata=") },
      });
      expect([outcomeIn(answer), Object.keys(failureIn(answer).fields ?? {})]).toEqual([
        "host_reserved",
        ["host"],
      ]);
    }
  });

  test("A4: counts only once its owner has proved it, by the very record that was asked for", async () => {
    const mine = await makeTeam(node);
    const name = "chat.proof.example";
    expect(outcomeIn(await checkHost(mine))).toBe("host_unknown");
    const { record } = entranceIn(await setHost(mine, name)).host ?? { record: { name: "", value: "" } };
    for (const wrong of [
      [],
      [["something else"]],
      [[`${record.value}x`]],
      [[record.value.toLowerCase().slice(1)]],
    ]) {
      names.records.set(record.name, wrong);
      const refused = await checkHost(mine);
      expect([outcomeIn(refused), Object.keys(failureIn(refused).fields ?? {})]).toEqual([
        "host_not_proven",
        ["host"],
      ]);
    }
    expect(names.asked).toContain(`_grata.${name}`);
    expect(await asksFor(name)).toBe(404);
    expect((await callAt(node, name, "GET", "/sign-in")).text).not.toContain("Tea House");

    // A record comes in parts, and is not alone.
    const [one, two] = [record.value.slice(0, 5), record.value.slice(5)];
    names.records.set(record.name, [["v=spf1 -all"], [one, two]]);
    expect(entranceIn(await checkHost(mine)).host).toMatchObject({ name, verified: true });
    expect(await asksFor(name)).toBe(200);
    expect((await callAt(node, name, "GET", "/sign-in")).text).toContain("Tea House");
    await checkHost(mine);
    expect(await auditOf(node, mine.organisationId)).toEqual([
      { action: "organisation.changed", actor: "Ada", changes: { host: { from: null, to: name } } },
      { action: "organisation.changed", actor: "Ada", changes: { verifiedHost: { from: null, to: name } } },
    ]);

    // Taken away it is nobody's at once, and entered again it must be proved again.
    await setHost(mine, null);
    expect(await asksFor(name)).toBe(404);
    expect(entranceIn(await setHost(mine, name)).host).toMatchObject({ verified: false });
    expect(outcomeIn(await checkHost(mine))).toBe("host_not_proven");
  });

  test("A4: nobody takes one by writing it down: whoever proves it has it", async () => {
    const [squatter, owner] = [await makeTeam(node), await makeTeam(node)];
    const name = "chat.wanted.example";
    await setHost(squatter, name);
    await giveHost(owner, names, name);
    expect(outcomeIn(await checkHost(squatter))).toBe("host_not_proven");
    // Even with a proof of their own they do not get what somebody else has.
    const { record } = entranceIn(await squatter.ask("GET", "/api/organisation/entrance")).host ?? {};
    names.records.set(`_grata.${name}`, [[record?.value ?? ""]]);
    const taken = await checkHost(squatter);
    expect([outcomeIn(taken), Object.keys(failureIn(taken).fields ?? {})]).toEqual(["host_taken", ["host"]]);
    expect(outcomeIn(await setHost(others, name))).toBe("host_taken");
    expect(
      (await callAt(node, name, "GET", "/api/session", { headers: { cookie: owner.admin.cookie } })).status,
    ).toBe(200);
  });

  test("A4: the DNS is asked thirty times a minute for one organisation, and no more", async () => {
    const mine = await makeTeam(node);
    await setHost(mine, "chat.often.example");
    const outcomes: string[] = [];
    for (let time = 1; time <= 31; time++) outcomes.push(outcomeIn(await checkHost(mine)));
    expect(outcomes).toEqual([...Array(30).fill("host_not_proven"), "too_many_requests"]);
    expect(names.asked.filter((name) => name === "_grata.chat.often.example")).toHaveLength(30);
  });

  test("A4: what another node changed is known within seconds", async () => {
    const mine = await makeTeam(node);
    await giveHost(mine, names, "chat.later.example");
    expect(await asksFor("chat.later.example")).toBe(200);
    await sqlOn(node, "DELETE FROM own_hosts WHERE host = 'chat.later.example'");
    await eventually(async () => expect(await asksFor("chat.later.example")).toBe(404));
  });
});

describe("A4: under an own host name", () => {
  const signIn = (email: string, headers = {}) =>
    callAt(node, host, "POST", "/api/session", { body: { email, password }, headers });
  const session = (cookie: string, at = host) =>
    callAt(node, at, "GET", "/api/session", { headers: { cookie } });

  test("A4: the organisation's sign-in page is what one sees, with its look on every page", async () => {
    const home = await callAt(node, host, "GET", "/");
    expect([home.status, home.headers.get("location")]).toEqual([302, "/sign-in"]);
    for (const path of ["/sign-in", "/recover", "/console"]) {
      const page = await callAt(node, `${host.toUpperCase()}:8080`, "GET", path);
      expect(page.status).toBe(200);
      expect(page.text).toContain("Tea House");
    }
    const demonstration = await callAt(node, host, "GET", "/try");
    expect(demonstration.headers.get("location")).toBe(`${node.services.entrances.main()}/try`);
    await team.ask("PUT", "/api/organisation/slug", { slug: "with-a-host" });
    expect(outcomeIn(await callAt(node, host, "GET", "/with-a-host"))).toBe("route_unknown");
  });

  test("A4: its members sign in, and nobody else", async () => {
    const answer = await signIn(team.email);
    expect(answer.status).toBe(200);
    const cookie = `grata=${cookiesIn(answer).get("grata")?.value}`;
    expect((await session(cookie)).status).toBe(200);
    const elsewhere = await signIn(others.email);
    expect([elsewhere.status, failureIn(elsewhere).code]).toEqual([401, "credentials_wrong"]);
    expect(cookiesIn(elsewhere).size).toBe(0);
    const withSlug = await callAt(node, host, "POST", "/api/session", {
      body: { email: others.email, password, slug: "whatever" },
    });
    expect(outcomeIn(withSlug)).toBe("credentials_wrong");
  });

  test("A4: another organisation's session does not count, over HTTP and on the socket", async () => {
    const theirs = await makeUser(node, others.organisationId);
    const ours = await makeUser(node, team.organisationId);
    expect(outcomeIn(await session(theirs.cookie))).toBe("sign_in_required");
    expect((await session(theirs.cookie, new URL(node.url).host)).status).toBe(200);
    await expect(connectUser(node, theirs.cookie, { host, origin: `http://${host}` })).rejects.toThrow(
      "refused",
    );
    const socket = await connectUser(node, ours.cookie, { host, origin: `http://${host}` });
    expect((await socket.request("current.list", {})).conversations).toEqual([]);
    socket.close();
  });

  test("A4: an invitation of another organisation is not accepted", async () => {
    const invited = JSON.parse((await others.invite({ email: `new.${process.pid}@tea.example` })).text).user;
    const { link } = JSON.parse(
      (await others.ask("POST", `/api/team/users/${invited.id}/invitation/link`)).text,
    );
    const body = { token: new URL(link).hash.slice(1), password: "another quiet teapot" };
    expect(outcomeIn(await callAt(node, host, "POST", "/api/invitation", { body }))).toBe(
      "invitation_invalid",
    );
    expect((await call(node, "POST", "/api/invitation", { body })).status).toBe(200);
  });

  test("A4: only its own pages may change something or open a socket, and they may nowhere else", async () => {
    const { cookie } = await makeUser(node, team.organisationId);
    const from = (origin: string, at: string) =>
      callAt(node, at, "PATCH", "/api/session", { body: { language: "en" }, headers: { cookie, origin } });
    const entrance = new URL(node.url).host;
    expect((await from(`http://${host}`, host)).status).toBe(200);
    for (const [origin, at] of [
      [node.url, host],
      [`http://${host}:8080`, host],
      [`http://${host}.evil.example`, host],
      ["https://evil.example", host],
      ["null", host],
      [`http://${host}`, entrance],
      ["http://chat.nobody.example", "chat.nobody.example"],
    ] as const) {
      expect(outcomeIn(await from(origin, at)), `${origin} at ${at}`).toBe("origin_forbidden");
      expect((await askRealtime(node.url, { origin, host: at })).status, `${origin} at ${at}`).toBe(403);
    }
    expect((await askRealtime(node.url, { origin: `http://${host}`, host })).status).toBe(200);
  });

  test("A4: links in mails lead to the entrance, wherever they were asked for", async () => {
    const { email } = await makeUser(node, team.organisationId);
    await callAt(node, host, "POST", "/api/recovery", { body: { email } });
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    const [mail] = box.to(email);
    expect(String(mail?.email.text)).toContain(`${node.services.entrances.main()}/recover/password#`);
    expect(mail?.raw).not.toContain(host);
  });

  test("A4: with https entrances only, plain http is not its own, and the cookie is tied", async () => {
    const behind = await startTestNode({
      environment: {
        PUBLIC_URL: "https://chat.example",
        DNS_SERVERS: names.address,
        TRUSTED_PROXIES: "127.0.0.1, ::1",
      },
    });
    onTestFinished(() => behind.stop());
    const mine = await makeTeam(behind);
    const cookie = mine.admin.cookie.replace("grata=", "__Host-grata=");
    const ask = (method: string, path: string, body?: unknown) =>
      call(behind, method, path, { ...(body !== undefined && { body }), headers: { cookie } });
    await giveHost({ ask }, names, "chat.secure.example");
    const signInFrom = (scheme: string) =>
      callAt(behind, "chat.secure.example", "POST", "/api/session", {
        body: { email: mine.email, password },
        headers: { origin: `${scheme}://chat.secure.example`, "x-forwarded-proto": "https" },
      });
    expect(outcomeIn(await signInFrom("http"))).toBe("origin_forbidden");
    const answer = await signInFrom("https");
    expect(answer.status).toBe(200);
    expect(cookiesIn(answer).get("__Host-grata")?.attributes).toMatchObject({ secure: "", path: "/" });
    expect(cookiesIn(answer).get("__Host-grata")?.attributes).not.toHaveProperty("domain");
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
  });
});

describe("A4: which certificates a proxy may make", () => {
  test("A4: for the entrances and for proven host names, and for nothing else", async () => {
    const behind = await startTestNode({
      environment: {
        PUBLIC_URL: "https://chat.example,https://other.example:8443",
        DNS_SERVERS: names.address,
      },
    });
    onTestFinished(() => behind.stop());
    for (const domain of ["chat.example", "CHAT.example", "other.example"]) {
      expect(await asksFor(domain, behind), domain).toBe(200);
    }
    for (const domain of ["evil.example", "sub.chat.example", "", "localhost", host, "_grata.chat.example"]) {
      expect(await asksFor(domain, behind), domain).toBe(404);
    }
    expect((await call(behind, "GET", "/api/tls/ask")).status).toBe(400);
    expect(await asksFor(host)).toBe(200);
  });
});
