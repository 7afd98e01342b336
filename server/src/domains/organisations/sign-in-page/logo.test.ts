import { request } from "node:http";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, failureIn, type HttpAnswer } from "../../../../testing/checks/http.ts";
import { directivesOf } from "../../../../testing/checks/policy.ts";
import { picture, pngOfSize } from "../../../../testing/outside/pictures.ts";
import { entranceIn } from "../../../../testing/scenes/own-entrances.ts";
import { makeUser } from "../../../../testing/scenes/people.ts";
import { auditOf, makeTeam, outcomeIn } from "../../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";

let node: TestNode;
let team: Awaited<ReturnType<typeof makeTeam>>;

beforeAll(async () => {
  node = await startTestNode();
  team = await makeTeam(node);
});
afterAll(() => node.stop());

async function upload(file: Uint8Array, type: string, cookie = team.admin.cookie): Promise<HttpAnswer> {
  const answer = await fetch(`${node.url}/api/organisation/logo`, {
    method: "PUT",
    headers: { "content-type": type, cookie },
    body: new Uint8Array(file),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const bytesAt = async (path: string) => Buffer.from(await (await fetch(node.url + path)).arrayBuffer());
const logoOf = (answer: HttpAnswer) => entranceIn(answer).logo ?? "";

describe("A4: a logo", () => {
  test.each(["png", "jpeg", "webp"] as const)(
    "A4: as %s is drawn anew, small, and kept for good",
    async (format) => {
      const mine = await makeTeam(node);
      const file = await picture(2_000, 1_000).toFormat(format).toBuffer();
      const path = logoOf(await upload(file, `image/${format}`, mine.admin.cookie));
      expect(path).toMatch(new RegExp(`^/api/logo/${mine.organisationId}/[0-9a-f]{32}$`));
      expect(await sharp(await bytesAt(path)).metadata()).toMatchObject({
        format: "webp",
        width: 512,
        height: 256,
      });
      const answer = await call(node, "GET", path);
      expect(answer.headers.get("content-type")).toBe("image/webp");
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(directivesOf(answer).get("default-src")).toBe("'none'");
      await mine.ask("PUT", "/api/organisation/slug", { slug: `with-a-${format}` });
      expect((await call(node, "GET", `/with-a-${format}`)).text).toContain(path);
    },
  );

  test("A4: smaller than that keeps its size", async () => {
    const path = logoOf(await upload(await picture(40, 20).png().toBuffer(), "image/png"));
    expect(await sharp(await bytesAt(path)).metadata()).toMatchObject({ width: 40, height: 20 });
  });

  test("A4: loses what else was in its file, and is turned upright first", async () => {
    const secret = "taken at 48.2082, 16.3738";
    const file = await picture(300, 100)
      .withMetadata({ orientation: 6, exif: { IFD0: { ImageDescription: secret } } })
      .jpeg()
      .toBuffer();
    expect(file.includes(secret)).toBe(true);
    const drawn = await bytesAt(logoOf(await upload(file, "image/jpeg")));
    expect(drawn.includes(secret)).toBe(false);
    const { width, height, exif, orientation } = await sharp(drawn).metadata();
    expect({ width, height, exif, orientation }).toEqual({
      width: 100,
      height: 300,
      exif: undefined,
      orientation: undefined,
    });
  });

  test("A4: that is a page as well is only a picture afterwards", async () => {
    const page = "<html><script>alert(document.domain)</script></html>";
    const file = Buffer.concat([await picture().png().toBuffer(), Buffer.from(page)]);
    expect((await bytesAt(logoOf(await upload(file, "image/png")))).includes("script")).toBe(false);
  });

  test("A4: is noted, exchanged and removed; a former one is gone", async () => {
    const mine = await makeTeam(node);
    const first = logoOf(
      await upload(await picture(40, 40).png().toBuffer(), "image/png", mine.admin.cookie),
    );
    const second = logoOf(
      await upload(await picture(50, 50).png().toBuffer(), "image/png", mine.admin.cookie),
    );
    expect((await call(node, "GET", first)).status).toBe(404);
    expect((await call(node, "GET", second)).status).toBe(200);
    expect(entranceIn(await mine.ask("DELETE", "/api/organisation/logo")).logo).toBeNull();
    expect((await call(node, "GET", second)).status).toBe(404);
    await mine.ask("DELETE", "/api/organisation/logo");
    const [one, two] = [first, second].map((path) => path.split("/").at(-1));
    expect((await auditOf(node, mine.organisationId)).map(({ changes }) => changes)).toEqual([
      { logo: { from: null, to: one } },
      { logo: { from: one, to: two } },
      { logo: { from: two, to: null } },
    ]);
  });

  test("A4: lies at its own organisation's address and at no other", async () => {
    const others = await makeTeam(node);
    const hash = logoOf(await upload(await picture().png().toBuffer(), "image/png"))
      .split("/")
      .at(-1);
    for (const path of [
      `/api/logo/${others.organisationId}/${hash}`,
      `/api/logo/${team.organisationId}/${hash?.toUpperCase()}x`,
      `/api/logo/${team.organisationId}/%25`,
    ]) {
      expect(outcomeIn(await call(node, "GET", path)), path).toBe("route_unknown");
    }
  });
});

describe("A4: a file that is no logo", () => {
  const png = () => picture().png().toBuffer();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const hostile: Record<string, [type: string, code: string, file: () => Buffer | Promise<Buffer>]> = {
    "a page that says it is a PNG": [
      "image/png",
      "logo_mismatched",
      () => Buffer.from("<html><script>alert(1)</script>"),
    ],
    "an SVG": ["image/svg+xml", "logo_type_unknown", () => svg],
    "an SVG that says it is a PNG": ["image/png", "logo_mismatched", () => svg],
    "an SVG behind the first bytes of a PNG": [
      "image/png",
      "logo_unreadable",
      () => Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), svg]),
    ],
    "a page": ["text/html", "logo_type_unknown", () => Buffer.from("<html></html>")],
    "a form": ["multipart/form-data; boundary=x", "logo_type_unknown", () => Buffer.from("--x--")],
    JSON: ["application/json", "logo_type_unknown", () => Buffer.from("{}")],
    "a GIF": ["image/gif", "logo_type_unknown", () => picture().gif().toBuffer()],
    "a GIF that says it is a WebP": ["image/webp", "logo_mismatched", () => picture().gif().toBuffer()],
    "an AVIF that says it is a JPEG": [
      "image/jpeg",
      "logo_mismatched",
      () => picture(16, 16).avif().toBuffer(),
    ],
    "a JPEG that says it is a PNG": ["image/png", "logo_mismatched", () => picture().jpeg().toBuffer()],
    "half a PNG": ["image/png", "logo_unreadable", async () => halfOf(await png())],
    "half a JPEG": ["image/jpeg", "logo_unreadable", async () => halfOf(await picture().jpeg().toBuffer())],
    "half a WebP": ["image/webp", "logo_unreadable", async () => halfOf(await picture().webp().toBuffer())],
    "the beginning of a PNG": ["image/png", "logo_unreadable", async () => (await png()).subarray(0, 16)],
    "a PNG of a million by a million pixels": [
      "image/png",
      "logo_too_wide",
      () => pngOfSize(1_000_000, 1_000_000),
    ],
    "a PNG that is a pixel too wide": ["image/png", "logo_too_wide", () => pngOfSize(4_097, 1)],
    "a PNG that is a pixel too high": ["image/png", "logo_too_wide", () => pngOfSize(1, 4_097)],
    "a PNG without its pixels": ["image/png", "logo_unreadable", () => pngOfSize(4_096, 4_096)],
    "a byte too many": ["image/png", "logo_too_large", () => Buffer.alloc(1_048_577)],
    "nothing at all": ["image/png", "logo_mismatched", () => Buffer.alloc(0)],
  };
  const halfOf = (file: Buffer) => file.subarray(0, Math.floor(file.length / 2));

  test.each(Object.keys(hostile))("A4: %s is refused, and changes nothing", async (what) => {
    const mine = await makeTeam(node);
    const [type, code, file] = hostile[what] ?? ["", "", () => Buffer.alloc(0)];
    const answer = await upload(await file(), type, mine.admin.cookie);
    expect([failureIn(answer).code, failureIn(answer).message]).toEqual([
      code,
      expect.stringMatching(/\S\.$/),
    ]);
    expect(entranceIn(await mine.ask("GET", "/api/organisation/entrance")).logo).toBeNull();
    expect(await auditOf(node, mine.organisationId)).toEqual([]);
  });

  test("A4: a file that never says how long it is is cut off at its limit", async () => {
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const sending = fetch(`${node.url}/api/organisation/logo`, {
      method: "PUT",
      headers: { "content-type": "image/png", cookie: team.admin.cookie },
      body: stream,
      duplex: "half",
    });
    // The answer comes while more is being sent: some clients see it, some only that nobody reads any more.
    const code = await sending.then(
      async (answer) => failureIn({ text: await answer.text() }).code,
      () => "cut off",
    );
    expect(["logo_too_large", "cut off"]).toContain(code);
    expect((await team.ask("GET", "/api/organisation/entrance")).status).toBe(200);
  });

  test("A4: thirty a minute are looked at for one organisation, and no more", async () => {
    const mine = await makeTeam(node);
    const codes: string[] = [];
    for (let time = 1; time <= 31; time++) {
      codes.push(failureIn(await upload(svg, "image/png", mine.admin.cookie)).code);
    }
    expect(codes).toEqual([...Array(30).fill("logo_mismatched"), "too_many_requests"]);
  });

  test("A4: whoever may not send one is told before the first byte", async () => {
    const { cookie } = await makeUser(node, team.organisationId);
    for (const [headers, status] of [
      [{ cookie }, 403],
      [{}, 401],
    ] as const) {
      const said = await new Promise<number | undefined>((resolve, reject) => {
        const asking = request(`${node.url}/api/organisation/logo`, {
          method: "PUT",
          headers: { ...headers, "content-type": "image/png", "content-length": "1000000" },
        });
        asking.on("error", reject);
        asking.on("response", (response) => {
          resolve(response.statusCode);
          asking.destroy();
        });
        asking.flushHeaders();
      });
      expect(said).toBe(status);
    }
  });
});
