import type { IdentitiesPage } from "@grata/contract/agent-identities";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, failureIn } from "../../../testing/checks/http.ts";
import { picture, pngOfSize } from "../../../testing/outside/pictures.ts";
import {
  assign,
  identityIn,
  makeIdentity,
  onWeChat,
  support,
  uploadAvatar,
} from "../../../testing/scenes/identities.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { auditOf, makeTeam, outcomeIn, profileIn, sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let team: Awaited<ReturnType<typeof makeTeam>>;
let mei: { userId: string };
let tom: { userId: string };

const all = "/api/agent-identities";

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

async function freshTeam() {
  team = await makeTeam(node);
  mei = await makeUser(node, team.organisationId, { name: "Mei" });
  tom = await makeUser(node, team.organisationId, { name: "Tom" });
}
beforeAll(freshTeam);

const list = async (query = ""): Promise<IdentitiesPage> =>
  JSON.parse((await team.ask("GET", `${all}${query}`)).text);

describe("B8: an identity", () => {
  test("B8: an identity of a web chat has a name and a second line for each language", async () => {
    const { id, ...made } = await makeIdentity(team);
    expect(made).toEqual({
      world: "webchat",
      owner: null,
      names: [
        { language: "en", name: "Support", line: "We answer in English" },
        { language: "zh-Hans", name: "客服" },
      ],
      avatar: null,
      users: [],
      userCount: 0,
    });
    const changed = {
      ...support,
      ownerId: mei.userId,
      names: { "zh-Hant": { name: " 客服 ", line: "您好" } },
    };
    expect(identityIn(await team.ask("PUT", `${all}/${id}`, changed))).toMatchObject({
      owner: { id: mei.userId, name: "Mei" },
      names: [{ language: "zh-Hant", name: "客服", line: "您好" }],
    });
  });

  test.each([
    ["no name in any language", { ...support, names: {} }, "name_empty"],
    ["a second line without a name", { ...support, names: { en: { name: " ", line: "Hi" } } }, "name_empty"],
    [
      "a name that is too long",
      { ...support, names: { en: { name: "x".repeat(121), line: "" } } },
      "name_too_long",
    ],
    ["a name with a new line", { ...support, names: { en: { name: "a\nb", line: "" } } }, "name_not_text"],
    [
      "a second line that is too long",
      { ...support, names: { en: { name: "A", line: "x".repeat(121) } } },
      "second_line_invalid",
    ],
    [
      "a second line with a mark of direction",
      { ...support, names: { en: { name: "A", line: "\u202ea" } } },
      "second_line_invalid",
    ],
    ["17 characters for WeChat", { ...onWeChat, name: "一".repeat(17) }, "wechat_name_too_long"],
    ["none for WeChat", { ...onWeChat, name: "" }, "name_empty"],
  ])("B8: with %s is refused at its field", async (_what, body, code) => {
    const { fields } = failureIn(await team.ask("POST", all, body));
    expect(Object.values(fields ?? {}).map((field) => field.code)).toEqual([code]);
  });

  test.each(["一".repeat(16), "🐼".repeat(16), "A"])(
    "B8: is called %s on WeChat, which counts characters",
    async (name) => {
      expect((await makeIdentity(team, { ...onWeChat, name })).names).toEqual([{ name }]);
    },
  );

  test("B8: stays in its world", async () => {
    const { id } = await makeIdentity(team);
    expect(outcomeIn(await team.ask("PUT", `${all}/${id}`, onWeChat))).toBe("agent_identity_unknown");
  });

  test("B8: belongs to nobody of another organisation, and is there for nobody else", async () => {
    const { id } = await makeIdentity(team);
    const others = await makeTeam(node);
    expect(outcomeIn(await team.ask("POST", all, { ...support, ownerId: others.admin.userId }))).toBe(
      "user_unknown",
    );
    for (const method of ["PUT", "DELETE"]) {
      expect(
        outcomeIn(await others.ask(method, `${all}/${id}`, method === "PUT" ? support : undefined)),
      ).toBe("agent_identity_unknown");
    }
    expect(outcomeIn(await assign(others, others.admin.userId, { webchat: id }))).toBe(
      "agent_identity_unknown",
    );
    expect(outcomeIn(await uploadAvatar(node, others.admin.cookie, id))).toBe("agent_identity_unknown");
  });

  test("B8: is found by its name, its second line and its world, page after page", async () => {
    await freshTeam();
    for (const name of ["Cara", "Ada", "Ben"])
      await makeIdentity(team, { ...support, names: { en: { name, line: `of ${name}` } } });
    await makeIdentity(team, onWeChat);
    const first = await list("?world=webchat&limit=2");
    expect(first).toMatchObject({
      total: 3,
      identities: [{ names: [{ name: "Ada" }] }, { names: [{ name: "Ben" }] }],
    });
    const rest = await list(`?world=webchat&limit=2&cursor=${first.next}`);
    expect(rest).toMatchObject({ next: null, identities: [{ names: [{ name: "Cara" }] }] });
    expect((await list("?search=OF%20B")).total).toBe(1);
    expect((await list()).total).toBe(4);
  });
});

describe("B8: assigning", () => {
  test("B8: gives a shared identity to many, one for each world, and shows them on profile and list", async () => {
    const [web, chat] = [await makeIdentity(team), await makeIdentity(team, onWeChat)];
    for (const { userId } of [mei, tom]) {
      const { user } = profileIn(await assign(team, userId, { webchat: web.id, wechat: chat.id }));
      expect(user.identities).toEqual({
        webchat: { id: web.id, name: "Support" },
        wechat: { id: chat.id, name: "小助手" },
      });
    }
    const { users } = JSON.parse((await team.ask("GET", "/api/team/users?search=Mei")).text);
    expect(users[0].identities.webchat).toEqual({ id: web.id, name: "Support" });
    const shown = (await list(`?world=wechat`)).identities.find(({ id }) => id === chat.id);
    expect(shown).toMatchObject({ userCount: 2, users: [{ name: "Mei" }, { name: "Tom" }] });
    const { user } = profileIn(await assign(team, mei.userId, { webchat: null }));
    expect(user.identities).toEqual({ wechat: { id: chat.id, name: "小助手" } });
    expect((await auditOf(node, mei.userId)).at(-1)?.changes).toEqual({
      webChatIdentity: { from: "Support", to: null },
    });
  });

  test("B8: gives a personal identity to its owner and to nobody else", async () => {
    const own = await makeIdentity(team, { ...support, ownerId: mei.userId });
    expect(outcomeIn(await assign(team, tom.userId, { webchat: own.id }))).toBe("agent_identity_personal");
    expect(outcomeIn(await assign(team, mei.userId, { webchat: own.id }))).toBe("yes");
    const choices = async (userId: string) =>
      (await list(`?world=webchat&limit=200&assignableTo=${userId}`)).identities.some(
        ({ id }) => id === own.id,
      );
    expect([await choices(mei.userId), await choices(tom.userId)]).toEqual([true, false]);
  });

  test("B8: keeps an identity from becoming personal while others have it", async () => {
    const { id } = await makeIdentity(team);
    await assign(team, tom.userId, { webchat: id });
    const personal = { ...support, ownerId: mei.userId };
    expect(outcomeIn(await team.ask("PUT", `${all}/${id}`, personal))).toBe("agent_identity_in_use");
    await assign(team, tom.userId, { webchat: null });
    expect(outcomeIn(await team.ask("PUT", `${all}/${id}`, personal))).toBe("yes");
  });

  test("B8: lets either the owner or the other user win when both are set at once", async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await makeIdentity(team);
      const [one, other] = await Promise.all([
        team.ask("PUT", `${all}/${id}`, { ...support, ownerId: mei.userId }),
        assign(team, tom.userId, { webchat: id }),
      ]);
      expect([outcomeIn(one), outcomeIn(other)].filter((outcome) => outcome === "yes")).toHaveLength(1);
      await assign(team, tom.userId, { webchat: null });
    }
  });

  test("B8: takes no identity of the other world", async () => {
    const { id } = await makeIdentity(team, onWeChat);
    expect(outcomeIn(await assign(team, mei.userId, { webchat: id }))).toBe("agent_identity_unknown");
  });

  test("B8: ends with the identity", async () => {
    const { id } = await makeIdentity(team);
    await assign(team, mei.userId, { webchat: id, wechat: null });
    expect(outcomeIn(await team.ask("DELETE", `${all}/${id}`))).toBe("yes");
    expect(profileIn(await team.ask("GET", `/api/team/users/${mei.userId}`)).user.identities).toEqual({});
    expect(outcomeIn(await team.ask("DELETE", `${all}/${id}`))).toBe("agent_identity_unknown");
  });
});

describe("B8: an avatar", () => {
  const bytesAt = async (hash: string | null) => fetch(`${node.url}/api/avatars/${hash}`);

  test.each(["png", "jpeg", "webp"] as const)(
    "B8: as %s is drawn anew as a square, and read without a session, for good",
    async (format) => {
      const { id } = await makeIdentity(team);
      const file = await picture(600, 400).toFormat(format).toBuffer();
      const { avatar } = identityIn(
        await uploadAvatar(node, team.admin.cookie, id, { file, type: `image/${format}` }),
      );
      expect(avatar).toMatch(/^[0-9a-f]{32}$/);
      const answer = await bytesAt(avatar);
      expect(answer.headers.get("content-type")).toBe("image/webp");
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).toMatchObject({
        format: "webp",
        width: 256,
        height: 256,
      });
    },
  );

  test("B8: is as large on WeChat as its platform asks for", async () => {
    const { id } = await makeIdentity(team, onWeChat);
    const { avatar } = identityIn(await uploadAvatar(node, team.admin.cookie, id));
    const content = Buffer.from(await (await bytesAt(avatar)).arrayBuffer());
    expect(await sharp(content).metadata()).toMatchObject({ width: 640, height: 640 });
  });

  test("B8: stays when another one takes its place, or none", async () => {
    const { id } = await makeIdentity(team);
    const first = identityIn(await uploadAvatar(node, team.admin.cookie, id)).avatar;
    const file = await picture(90, 50).png().toBuffer();
    const second = identityIn(await uploadAvatar(node, team.admin.cookie, id, { file })).avatar;
    expect(second).not.toBe(first);
    expect(identityIn(await team.ask("DELETE", `${all}/${id}/avatar`)).avatar).toBeNull();
    await team.ask("DELETE", `${all}/${id}`);
    for (const hash of [first, second]) expect((await bytesAt(hash)).status).toBe(200);
  });

  test("B8: has an address that nobody can guess from the picture, and that tells nothing of who else has it", async () => {
    const others = await makeTeam(node);
    const [one, other] = [await makeIdentity(team), await makeIdentity(others)];
    const ours = identityIn(await uploadAvatar(node, team.admin.cookie, one.id)).avatar;
    const theirs = identityIn(await uploadAvatar(node, others.admin.cookie, other.id)).avatar;
    expect(ours).not.toBe(theirs);
    for (const path of [`/api/avatars/${ours?.slice(0, -1)}`, "/api/avatars/%25", "/api/avatars/"])
      expect(outcomeIn(await call(node, "GET", path)), path).toBe("route_unknown");
  });

  test.each([
    ["what is no image", Buffer.from("<svg/>"), "image/svg+xml", "logo_type_unknown"],
    ["a text that is called an image", Buffer.from("Hello"), "image/png", "logo_mismatched"],
    ["a damaged image", Buffer.from("89504e470d0a1a0a00", "hex"), "image/png", "logo_unreadable"],
    ["more than a megabyte", Buffer.alloc(1_048_577), "image/png", "logo_too_large"],
    ["a million pixels in a row", pngOfSize(1_000_000, 1_000_000), "image/png", "logo_too_wide"],
  ])("B8: of %s is refused with a sentence", async (_what, file, type, code) => {
    const { id } = await makeIdentity(team);
    const failure = failureIn(await uploadAvatar(node, team.admin.cookie, id, { file, type }));
    expect(failure).toMatchObject({ code, message: expect.stringMatching(/\.$/) });
    expect(
      await sqlOn(node, "SELECT FROM agent_identities WHERE id = $1 AND avatar IS NOT NULL", [id]),
    ).toEqual([]);
  });
});
