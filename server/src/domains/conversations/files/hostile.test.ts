import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import type { ErrorCode } from "@grata/contract/errors";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asOwner } from "../../../../testing/checks/contents.ts";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { expectHttpFailure } from "../../../../testing/checks/expect-failure.ts";
import { picture, pngOfSize } from "../../../../testing/outside/pictures.ts";
import { type Holder, putFile, uploadFile } from "../../../../testing/scenes/files.ts";
import { makeVisitor, newClientId } from "../../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";

let node: TestNode;
let visitor: Holder;

beforeAll(async () => {
  node = await startTestNode();
  const { channelId } = await makeOrganisation(node);
  visitor = { ...(await makeVisitor(node, channelId)), channelId };
});
afterAll(() => node.stop());

/** What lies in the folder of the store, with what is on its way. */
async function stored(): Promise<string[]> {
  const folder = join(node.services.files.incoming, "..");
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`;
const page = "<!doctype html><html><script>alert(document.cookie)</script></html>";
const zip = Buffer.from(`504b0506${"00".repeat(18)}`, "hex");

type Case = { name: string; content: Buffer | string; codes: ErrorCode[]; status: number };
const refused: Record<string, Case> = {
  "a page that calls itself an image": {
    name: "cat.png",
    content: page,
    codes: ["file_mismatched"],
    status: 400,
  },
  "a drawing that calls itself an image": {
    name: "cat.jpg",
    content: svg,
    codes: ["file_mismatched"],
    status: 400,
  },
  "a drawing that runs": { name: "cat.svg", content: svg, codes: ["file_type_refused"], status: 415 },
  "a page": { name: "page.html", content: page, codes: ["file_type_refused"], status: 415 },
  "a page by its other name": {
    name: "page.XHTML",
    content: page,
    codes: ["file_type_refused"],
    status: 415,
  },
  "a program": { name: "setup.exe", content: "MZ", codes: ["file_type_refused"], status: 415 },
  "a document that runs programs": {
    name: "bill.docm",
    content: zip,
    codes: ["file_type_refused"],
    status: 415,
  },
  "a name without an ending": { name: "notes", content: "Hi", codes: ["file_type_refused"], status: 415 },
  "two endings": { name: "photo.png.html", content: page, codes: ["file_type_refused"], status: 415 },
  "a page that calls itself a document": {
    name: "bill.pdf",
    content: page,
    codes: ["file_mismatched"],
    status: 400,
  },
  "a page with a document behind it": {
    name: "bill.pdf",
    content: `${page}%PDF-1.7\n%%EOF`,
    codes: ["file_mismatched"],
    status: 400,
  },
  "an archive that calls itself a document": {
    name: "bill.docx",
    content: zip,
    codes: ["file_mismatched"],
    status: 400,
  },
  "a program that calls itself a text": {
    name: "read.txt",
    content: Buffer.from("7f454c4602010100000000000000000002003e00", "hex"),
    codes: ["file_mismatched"],
    status: 400,
  },
  "an image of a million by a million pixels": {
    name: "wide.png",
    content: pngOfSize(1_000_000, 1_000_000),
    codes: ["image_too_many_pixels"],
    status: 400,
  },
  "an image of one by a million pixels that has none": {
    name: "thin.png",
    content: pngOfSize(1, 1_000_000),
    codes: ["image_unreadable"],
    status: 400,
  },
  "an image that unpacks to a quarter of a gigabyte": {
    name: "bomb.png",
    content: pngOfSize(8_000, 8_001),
    codes: ["image_too_many_pixels"],
    status: 400,
  },
  "half an image": {
    name: "half.png",
    content: Buffer.from("89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61", "hex"),
    codes: ["image_unreadable"],
    status: 400,
  },
  nothing: { name: "empty.txt", content: "", codes: ["file_empty"], status: 400 },
  "a folder in the name": {
    name: "../../etc/cron.d/notes.txt",
    content: "Hi",
    codes: ["file_name_invalid"],
    status: 400,
  },
  "a folder of Windows in the name": {
    name: "..\\notes.txt",
    content: "Hi",
    codes: ["file_name_invalid"],
    status: 400,
  },
  "NUL in the name": { name: "notes.png\0.txt", content: "Hi", codes: ["file_name_invalid"], status: 400 },
  "a new line in the name": {
    name: 'a"\r\nset-cookie: grata=x\r\n.txt',
    content: "Hi",
    codes: ["file_name_invalid"],
    status: 400,
  },
  "a name that reads backwards": {
    name: "invoice\u202Efdp.txt",
    content: "Hi",
    codes: ["file_name_invalid"],
    status: 400,
  },
  "no name": { name: "", content: "Hi", codes: ["file_name_invalid"], status: 400 },
  "a name of dots": { name: "..", content: "Hi", codes: ["file_name_invalid"], status: 400 },
  "a name of 10,000 letters": {
    name: `${"茶".repeat(600)}.txt`,
    content: "Hi",
    codes: ["file_name_too_long"],
    status: 400,
  },
};

describe("C4: an upload is refused, and leaves nothing, that is", () => {
  test.each(Object.keys(refused))("%s", async (what) => {
    const { name, content, codes, status } = refused[what] as Case;
    const before = await stored();
    expectHttpFailure(await putFile(node, visitor, { name, content }), status, codes);
    expect(await stored()).toEqual(before);
  });

  test("a name that is no percent-encoded text", async () => {
    const answer = await putFile(node, visitor, {
      name: "a.txt",
      content: "Hi",
      headers: { "x-file-name": "%E8%8C.txt" },
    });
    expectHttpFailure(answer, 400, ["file_name_invalid"]);
  });

  test("for a purpose that there is not, or of another type of body", async () => {
    const odd = { name: "a.txt", content: "Hi", headers: { "x-file-purpose": "avatar" } };
    expectHttpFailure(await putFile(node, visitor, odd), 400, ["request_invalid"]);
    const typed = { name: "a.txt", content: "Hi", headers: { "content-type": "text/html" } };
    expectHttpFailure(await putFile(node, visitor, typed), 400, ["request_not_json"]);
  });
});

/** Sends pieces without an end until the server has had enough; what it answered and how much it took. */
async function pour(name: string, mostBytes: number): Promise<{ answer: string; sent: number }> {
  if (!("token" in visitor)) throw new Error("Not a visitor.");
  const asking = httpRequest(`${node.url}/api/webchat/${visitor.channelId}/files/${newClientId()}`, {
    method: "PUT",
    headers: {
      authorization: `Bearer ${visitor.token}`,
      "content-type": "application/octet-stream",
      "x-file-name": name,
      "x-file-purpose": "file",
    },
  });
  let answer = "";
  let over = false;
  asking.on("response", (response) => {
    response.setEncoding("utf8").on("data", (text) => {
      answer += text;
    });
    response.on("end", () => {
      over = true;
    });
  });
  asking.setMaxListeners(0);
  asking.on("error", () => {
    over = true;
  });
  asking.on("close", () => {
    over = true;
  });
  const piece = Buffer.alloc(1_048_576, "a");
  let sent = 0;
  while (!over && sent < mostBytes) {
    sent += piece.length;
    if (!asking.write(piece))
      await Promise.race([once(asking, "drain"), once(asking, "close")]).catch(() => {});
    await new Promise(setImmediate);
  }
  await eventually(() => expect(over).toBe(true));
  return { answer, sent };
}

describe("C4: a body without an end", () => {
  const gigabyte = 2 ** 30;
  test("is cut at the limit of its kind while it streams; the sender is told, and nothing stays", async () => {
    const before = await stored();
    const other = await pour("notes.txt", 10 * gigabyte);
    expect(other.answer).toContain("file_too_large");
    expect(other.sent).toBeLessThan(120 * 1_048_576);
    const image = await pour("photo.jpg", 10 * gigabyte);
    expect(image.answer).toContain("file_too_large");
    expect(image.sent).toBeLessThan(90 * 1_048_576);
    expect(await stored()).toEqual(before);
  });

  test("that breaks off leaves nothing", async () => {
    const before = await stored();
    if (!("token" in visitor)) throw new Error("Not a visitor.");
    const asking = httpRequest(`${node.url}/api/webchat/${visitor.channelId}/files/${newClientId()}`, {
      method: "PUT",
      headers: {
        authorization: `Bearer ${visitor.token}`,
        "content-type": "application/octet-stream",
        "content-length": "5000000",
        "x-file-name": "notes.txt",
        "x-file-purpose": "file",
      },
    });
    asking.on("error", () => undefined);
    asking.write(Buffer.alloc(2_000_000, "a"));
    await eventually(async () => expect((await stored()).length).toBe(before.length + 1));
    asking.destroy();
    await eventually(async () => expect(await stored()).toEqual(before));
  });
});

describe("C4: what is taken is made harmless", () => {
  test("a picture with a page in its comment and behind its end is drawn anew without them", async () => {
    const gif = await picture(40, 20).gif().toBuffer();
    const polyglot = Buffer.concat([gif, Buffer.from(page)]);
    const file = await uploadFile(node, visitor, { name: "cat.gif", content: polyglot });
    const content = await contentOf(file.id);
    expect(content.includes("<script>")).toBe(false);
    expect((await sharp(content).metadata()).format).toBe("gif");
  });

  test("an image under the name of another kind of image gets the ending that tells the truth", async () => {
    const content = await picture(30, 20).jpeg().toBuffer();
    const file = await uploadFile(node, visitor, { name: "screenshot.PNG", content });
    expect(file).toMatchObject({ kind: "image", name: "screenshot.jpg", mediaType: "image/jpeg" });
  });

  test("an animation stays one, and its thumbnail is its first picture", async () => {
    const frames = await Promise.all([
      picture(40, 20).png().toBuffer(),
      picture(40, 20).negate().png().toBuffer(),
    ]);
    const content = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const file = await uploadFile(node, visitor, { name: "wave.gif", content });
    expect(file).toMatchObject({ width: 40, height: 20 });
    expect((await sharp(await contentOf(file.id), { animated: true }).metadata()).pages).toBe(2);
  });

  test("the same content is kept once in an organisation", async () => {
    const before = await stored();
    const content = `the same ${newClientId()}`;
    await uploadFile(node, visitor, { name: "one.txt", content });
    await uploadFile(node, visitor, { name: "two.txt", content });
    expect((await stored()).length).toBe(before.length + 1);
  });
});

/** Of an upload that has not been sent: by its hash, as nobody may download it yet. */
async function contentOf(fileId: string): Promise<Buffer> {
  const [row] = await asOwner(node.databaseUrl, async (sql) => {
    const found = await sql.query("SELECT organisation_id, content_hash FROM files WHERE id = $1", [fileId]);
    return found.rows;
  });
  const chunks: Buffer[] = [];
  const reading = await node.services.files.store.read({
    organisationId: row.organisation_id,
    hash: row.content_hash,
  });
  for await (const chunk of reading as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
