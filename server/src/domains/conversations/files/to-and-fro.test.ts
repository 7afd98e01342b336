import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { picture } from "../../../../testing/outside/pictures.ts";
import { getFile, uploadFile } from "../../../../testing/scenes/files.ts";
import {
  connectAgent,
  connectVisitor,
  newClientId,
  type TestAgent,
  type TestVisitor,
} from "../../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";

let node: TestNode;
let channelId: string;
let agent: TestAgent;
let visitor: TestVisitor;
let conversationId: string;

beforeAll(async () => {
  node = await startTestNode();
  const organisation = await makeOrganisation(node);
  channelId = organisation.channelId;
  agent = await connectAgent(node, organisation.organisationId);
  visitor = await connectVisitor(node, channelId);
});
afterAll(() => node.stop());

describe("C4: files go both ways", () => {
  test("C4: a customer's first message may be an image alone; whoever may see it gets it, upright and without its past", async () => {
    const photo = await picture(600, 300)
      .jpeg()
      .withExif({ IFD0: { Copyright: "somewhere secret" } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const file = await uploadFile(node, { ...visitor, channelId }, { name: "photo.jpg", content: photo });
    expect(file).toMatchObject({
      kind: "image",
      name: "photo.jpg",
      mediaType: "image/jpeg",
      width: 300,
      height: 600,
    });

    const { conversation, entry } = await visitor.request("conversation.open", {
      clientId: newClientId(),
      text: "",
      file: file.id,
    });
    conversationId = conversation.id;
    expect(entry.occurrence).toEqual({ kind: "message", text: "", file });
    const list = await agent.request("waiting.list", {});
    const mention = { text: "", file: { kind: "image", name: "photo.jpg" } };
    expect(list.conversations).toMatchObject([{ first: mention, last: mention }]);

    for (const holder of [
      { ...visitor, channelId },
      { ...agent, conversationId },
    ]) {
      const { status, headers, content } = await getFile(node, holder, file.id);
      expect(status).toBe(200);
      expect(content.length).toBe(file.bytes);
      expect(content.toString("latin1")).not.toContain("somewhere secret");
      expect(headers.get("content-type")).toBe("image/jpeg");
      expect(headers.get("content-disposition")).toBe("inline; filename=photo.jpg");
      const thumbnail = await getFile(node, holder, file.id, "thumbnail");
      expect(thumbnail.headers.get("content-type")).toBe("image/webp");
      expect(thumbnail.content.subarray(8, 12).toString()).toBe("WEBP");
    }
  });

  test("C4: an agent's document arrives byte for byte, to be saved and never shown", async () => {
    await agent.request("conversation.claim", { conversationId });
    const content = Buffer.from(
      "%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript >> >>\n<script>alert(1)</script>",
    );
    const file = await uploadFile(node, { ...agent, conversationId }, { name: "发票 ½.pdf", content });
    expect(file).toEqual({
      kind: "file",
      id: file.id,
      name: "发票 ½.pdf",
      mediaType: "application/pdf",
      bytes: content.length,
    });
    const { seq } = await agent.request("message.send", {
      conversationId,
      clientId: newClientId(),
      text: "Your invoice",
      file: file.id,
    });
    const page = await visitor.request("entries.after", { conversationId, after: seq - 1 });
    expect(page.entries[0]?.occurrence).toEqual({ kind: "message", text: "Your invoice", file });

    const fetched = await getFile(node, { ...visitor, channelId }, file.id);
    const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
    expect(hash(fetched.content)).toBe(hash(content));
    expect(fetched.headers.get("content-disposition")).toBe(
      `attachment; filename="?? ?.pdf"; filename*=UTF-8''%E5%8F%91%E7%A5%A8%20%C2%BD.pdf`,
    );
    expect(fetched.headers.get("x-content-type-options")).toBe("nosniff");
    expect(fetched.headers.get("content-security-policy")).toContain("sandbox");
    expect(fetched.headers.get("cache-control")).toBe("no-store");
    const part = await getFile(node, { ...visitor, channelId }, file.id, "content", { range: "bytes=2-4" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 2-4/${content.length}`]);
    expect(part.content.toString()).toBe("DF-");
  });
});
