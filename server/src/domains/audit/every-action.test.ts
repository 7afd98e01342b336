import { type AuditAction, type AuditPage, auditActions } from "@grata/contract/audit";
import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call, type HttpAnswer } from "../../../testing/checks/http.ts";
import { secretOf } from "../../../testing/outside/mail-box.ts";
import { type NameServer, startNameServer } from "../../../testing/outside/name-server.ts";
import { picture } from "../../../testing/outside/pictures.ts";
import { customerDeeds, detailsIn } from "../../../testing/scenes/customers.ts";
import { addPasskey, beginSignIn, enrol, giveCode, ownFactor } from "../../../testing/scenes/factors.ts";
import { giveHost } from "../../../testing/scenes/own-entrances.ts";
import {
  connectUser,
  connectVisitor,
  makeUser,
  makeVisitor,
  newClientId,
} from "../../../testing/scenes/people.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import { makeTeam, outcomeIn, profileIn } from "../../../testing/scenes/team.ts";
import { password, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { recoverByOperator } from "../accounts/operator.ts";

type Team = Awaited<ReturnType<typeof makeTeam>>;
/** Who did it, and to whom or what: what an entry has to say. */
type Noted = { by: "admin" | "themselves" | "operator" | "system"; target: string };

let names: NameServer;
let node: TestNode;
let people = 0;

beforeAll(async () => {
  names = await startNameServer();
  const environment = { TRUSTED_PROXIES: "127.0.0.1, ::1", DNS_SERVERS: names.address };
  node = await startTestNode({ environment });
});
afterAll(async () => {
  await node.stop();
  names.close();
});

const done = (answer: HttpAnswer) => expect(outcomeIn(answer)).toBe("yes");
const somebody = (team: Team) => makeUser(node, team.organisationId, { name: "Mei" });
const invited = async (team: Team) =>
  profileIn(await team.invite({ email: `mei${++people}@tea.example` })).user.id;
async function linkOf(team: Team, userId: string): Promise<string> {
  return secretOf(new URL(JSON.parse((await team.act(userId, "invitation/link")).text).link));
}
const byLink = (path: string, token: string) =>
  call(node, "POST", path, { body: { token, password: "another quiet teapot" } });
async function onUser(team: Team, ...deeds: string[]): Promise<Noted> {
  const { userId } = await somebody(team);
  for (const deed of deeds) done(await team.act(userId, deed));
  return { by: "admin", target: userId };
}
async function onOwnFactor(team: Team, deed: (user: Awaited<ReturnType<typeof somebody>>) => unknown) {
  const user = await somebody(team);
  await deed(user);
  return { by: "themselves", target: user.userId } as const;
}
async function lockOut({ email }: { email: string }): Promise<void> {
  for (let time = 1; time <= attemptsAllowed; time++) await signInWith(node, email, "a wrong password here");
}
async function onWebChat(
  team: Team,
  deed?: (path: string, made: { settings: object }) => Promise<HttpAnswer>,
) {
  const made = JSON.parse((await team.ask("POST", "/api/channels/web-chat", { name: "Shop" })).text);
  if (deed) done(await deed(`/api/channels/web-chat/${made.id}`, made));
  return { by: "admin", target: made.id } as const;
}
async function onQuickReply(team: Team, deed?: (id: string, body: object) => Promise<HttpAnswer>) {
  const body = { name: "Greeting", category: "", texts: { en: "Hello" } };
  const { id } = JSON.parse((await team.ask("POST", "/api/quick-replies", body)).text);
  if (deed) done(await deed(id, body));
  return { by: "admin", target: id } as const;
}
const somebodyWriting = async (team: Team) => (await makeVisitor(node, team.channelId)).customerId;
const customersOf = (team: Team) => customerDeeds(node, team.admin);
const newTag = async (team: Team, name: string) =>
  detailsIn(
    await customersOf(team)
      .of(await somebodyWriting(team))
      .tag(name),
  ).tags[0]?.id ?? "";
async function onTag(team: Team, deed?: (id: string) => Promise<HttpAnswer>): Promise<Noted> {
  const target = await newTag(team, "Tea");
  if (deed) done(await deed(target));
  return { by: "admin", target };
}
async function onField(team: Team, deed?: (path: string) => Promise<HttpAnswer>): Promise<Noted> {
  const field = { name: "Size", kind: "text", choices: [] };
  const made = await team.ask("POST", "/api/customer-fields", field);
  const target = JSON.parse(made.text).fields[0].id;
  if (deed) done(await deed(`/api/customer-fields/${target}`));
  return { by: "admin", target };
}
const identity = { world: "wechat", ownerId: null, name: "Support" };
async function onIdentity(team: Team, deed?: (path: string) => Promise<HttpAnswer>): Promise<Noted> {
  const target: string = JSON.parse((await team.ask("POST", "/api/agent-identities", identity)).text).id;
  if (deed) done(await deed(`/api/agent-identities/${target}`));
  return { by: "admin", target };
}
async function onGroup(team: Team, deed?: (path: string) => Promise<HttpAnswer>): Promise<Noted> {
  const made = await team.ask("POST", "/api/user-groups", { name: "Returns" });
  const target = JSON.parse(made.text).groups[0].id;
  if (deed) done(await deed(`/api/user-groups/${target}`));
  return { by: "admin", target };
}
/** An agent takes a chat, and is gone. */
async function leaveChat(team: Team): Promise<{ userId: string; conversationId: string }> {
  const { userId, cookie } = await makeUser(node, team.organisationId);
  const agent = await connectUser(node, cookie);
  const customer = await connectVisitor(node, team.channelId);
  const input = { clientId: newClientId(), text: "Hello" };
  const { conversation } = await customer.request("conversation.open", input);
  await agent.request("conversation.claim", { conversationId: conversation.id });
  for (const person of [agent, customer]) person.close();
  await call(node, "DELETE", "/api/session", { headers: { cookie } });
  return { userId, conversationId: conversation.id };
}
async function onMerge(team: Team, undo = false): Promise<Noted> {
  const target = await somebodyWriting(team);
  const customer = customersOf(team).of(target);
  const { merged } = detailsIn(await customer.merge(await somebodyWriting(team)));
  if (undo) expect(await customer.undo(merged[0]?.mergeId ?? "")).toEqual({});
  return { by: "admin", target };
}

const deeds: Record<AuditAction, (team: Team) => Promise<Noted>> = {
  "user.invited": async (team) => ({ by: "admin", target: await invited(team) }),
  "invitation.resent": async (team) => {
    const target = await invited(team);
    done(await team.act(target, "invitation"));
    return { by: "admin", target };
  },
  "invitation.cancelled": async (team) => {
    const target = await invited(team);
    done(await team.ask("DELETE", `/api/team/users/${target}/invitation`));
    return { by: "admin", target };
  },
  "invitation.link_copied": async (team) => {
    const target = await invited(team);
    await linkOf(team, target);
    return { by: "admin", target };
  },
  "invitation.accepted": async (team) => {
    const target = await invited(team);
    done(await byLink("/api/invitation", await linkOf(team, target)));
    return { by: "themselves", target };
  },
  "user.changed": async (team) => {
    const { userId } = await somebody(team);
    done(await team.ask("PATCH", `/api/team/users/${userId}`, { role: "admin" }));
    return { by: "admin", target: userId };
  },
  "user.disabled": (team) => onUser(team, "disable"),
  "user.enabled": (team) => onUser(team, "disable", "enable"),
  "group.created": (team) => onGroup(team),
  "group.renamed": (team) => onGroup(team, (path) => team.ask("PATCH", path, { name: "Refunds" })),
  "group.members_changed": (team) =>
    onGroup(team, (path) => team.ask("PUT", `${path}/members`, { userIds: [team.admin.userId] })),
  "group.deleted": (team) => onGroup(team, (path) => team.ask("DELETE", path)),
  "routing.changed": async (team) => {
    const settings = { version: 0, rules: [], overflowMinutes: 5, groupsSeeEverybody: true };
    done(await team.ask("PUT", "/api/routing", settings));
    return { by: "admin", target: team.organisationId };
  },
  "chat.taken_over": async (team) => {
    const { userId, conversationId } = await leaveChat(team);
    await eventually(async () =>
      done(await team.ask("POST", "/api/absent-chats/take-over", { conversationId })),
    );
    return { by: "admin", target: userId };
  },
  "chats.put_back": async (team) => {
    const { userId } = await leaveChat(team);
    await eventually(async () => {
      const answer = await team.ask("POST", "/api/absent-chats/put-back", { userId });
      expect(JSON.parse(answer.text)).toEqual({ released: 1 });
    });
    return { by: "admin", target: userId };
  },
  "user.sessions_ended": (team) => onUser(team, "end-sessions"),
  "user.locked": async (team) => {
    const user = await somebody(team);
    await lockOut(user);
    return { by: "system", target: user.userId };
  },
  "user.unlocked": async (team) => {
    const user = await somebody(team);
    await lockOut(user);
    done(await team.act(user.userId, "unlock"));
    return { by: "admin", target: user.userId };
  },
  "password.recovery_link_made": async (team) => {
    const { userId, email } = await somebody(team);
    await recoverByOperator(node.services.storage, email);
    return { by: "operator", target: userId };
  },
  "password.recovered": async (team) => {
    const { userId, email } = await somebody(team);
    done(await byLink("/api/recovery/password", await recoverByOperator(node.services.storage, email)));
    return { by: "themselves", target: userId };
  },
  "password.changed": async (team) => {
    const { userId, cookie } = await somebody(team);
    const body = { current: password, password: "another quiet teapot" };
    done(await call(node, "POST", "/api/session/password", { body, headers: { cookie } }));
    return { by: "themselves", target: userId };
  },
  "factor.authenticator_added": (team) => onOwnFactor(team, (user) => enrol(node, user)),
  "factor.authenticator_removed": (team) =>
    onOwnFactor(team, async (user) => {
      await enrol(node, user);
      done(await ownFactor(node, user.cookie, "/authenticator/remove", { current: password }));
    }),
  "factor.passkey_added": (team) =>
    onOwnFactor(team, async (user) => done((await addPasskey(node, user)).done)),
  "factor.passkey_removed": (team) =>
    onOwnFactor(team, async (user) => {
      await addPasskey(node, user);
      const [{ id }] = JSON.parse((await ownFactor(node, user.cookie, "")).text).passkeys;
      done(await ownFactor(node, user.cookie, `/passkeys/${id}/remove`, { current: password }));
    }),
  "factor.recovery_codes_made": (team) =>
    onOwnFactor(team, async (user) => {
      await enrol(node, user);
      done(await ownFactor(node, user.cookie, "/recovery-codes", { current: password }));
    }),
  "factor.recovery_code_used": (team) =>
    onOwnFactor(team, async (user) => {
      const [code = ""] = (await enrol(node, user)).recoveryCodes;
      done(await giveCode(node, await beginSignIn(node, user.email), code, "recovery"));
    }),
  "factor.reset": async (team) => {
    const user = await somebody(team);
    await enrol(node, user);
    done(await team.act(user.userId, "reset-second-factor"));
    return { by: "admin", target: user.userId };
  },
  "identity.created": (team) => onIdentity(team),
  "identity.changed": (team) =>
    onIdentity(team, (path) => team.ask("PUT", path, { ...identity, name: "Sales" })),
  "identity.deleted": (team) => onIdentity(team, (path) => team.ask("DELETE", path)),
  "organisation.changed": async (team) => {
    done(await team.ask("PUT", "/api/organisation/slug", { slug: "every-action" }));
    return { by: "admin", target: team.organisationId };
  },
  "mail.retried": async (team) => {
    await invited(team);
    const [mail] = JSON.parse((await team.ask("GET", "/api/mails")).text).mails;
    done(await team.ask("POST", `/api/mails/${mail.id}/retry`));
    return { by: "admin", target: mail.id };
  },
  "channel.created": (team) => onWebChat(team),
  "channel.changed": (team) =>
    onWebChat(team, (path, { settings }) => team.ask("PUT", path, { ...settings, name: "Shop 2" })),
  "channel.secret_made": (team) =>
    onWebChat(team, (path) => team.ask("POST", `${path}/secret`, { endFormer: false })),
  "quick_reply.created": (team) => onQuickReply(team),
  "quick_reply.changed": (team) =>
    onQuickReply(team, (id, body) =>
      team.ask("PUT", `/api/quick-replies/${id}`, { ...body, texts: { en: "Hi" } }),
    ),
  "quick_reply.deleted": (team) =>
    onQuickReply(team, (id) => team.ask("POST", "/api/quick-replies/delete", { ids: [id] })),
  "customer.changed": async (team) => {
    const target = await somebodyWriting(team);
    detailsIn(
      await customersOf(team)
        .of(target)
        .change({ name: { was: null, value: "Mei" } }),
    );
    return { by: "admin", target };
  },
  "customer.merged": (team) => onMerge(team),
  "customer.unmerged": (team) => onMerge(team, true),
  "customer.exported": async (team) => {
    const target = await somebodyWriting(team);
    done(await team.ask("GET", `/api/customers/${target}/export`));
    return { by: "admin", target };
  },
  "customer.erased": async (team) => {
    const target = await somebodyWriting(team);
    for (const _ of ["once", "again"]) done(await team.ask("POST", `/api/customers/${target}/erasure`));
    return { by: "admin", target };
  },
  "tag.created": (team) => onTag(team),
  "tag.renamed": (team) => onTag(team, (id) => team.ask("PATCH", `/api/tags/${id}`, { name: "Black tea" })),
  "tag.merged": async (team) => {
    const target = await newTag(team, "Oolong");
    await onTag(team, (id) => team.ask("POST", `/api/tags/${id}/merge`, { into: target }));
    return { by: "admin", target };
  },
  "tag.deleted": (team) => onTag(team, (id) => team.ask("DELETE", `/api/tags/${id}`)),
  "field.created": (team) => onField(team),
  "field.changed": (team) => onField(team, (path) => team.ask("PATCH", path, { name: "Width", choices: [] })),
  "field.deleted": (team) => onField(team, (path) => team.ask("DELETE", path)),
};

const read = async (team: Team, query: Record<string, string>): Promise<AuditPage> =>
  JSON.parse((await team.ask("GET", `/api/audit-log?${new URLSearchParams(query)}`)).text);

describe("H3: everything that is done is in the audit log", () => {
  test.each(auditActions)("H3: %s, once, with who did it to whom", async (action) => {
    const team = await makeTeam(node);
    const { by, target } = await deeds[action](team);
    const { entries } = await read(team, { action });
    expect(entries).toHaveLength(1);
    expect(entries[0]?.target.id).toBe(target);
    expect(entries[0]?.actor?.id ?? entries[0]?.by).toBe(
      { admin: team.admin.userId, themselves: target, operator: "operator", system: "system" }[by],
    );
  });

  test("H3: all that an organisation says of itself: settings, address, host name with its proof, logo", async () => {
    const team = await makeTeam(node);
    const settings = JSON.parse((await team.ask("GET", "/api/organisation")).text);
    done(await team.ask("PUT", "/api/organisation", { ...settings, timeZone: "Asia/Shanghai" }));
    done(await team.ask("PUT", "/api/organisation/slug", { slug: "all-of-it" }));
    await giveHost(team, names, "chat.all-of-it.example");
    const { cookie } = team.admin;
    const body = new Uint8Array(await picture(40, 20).png().toBuffer());
    await fetch(`${node.url}/api/organisation/logo`, {
      method: "PUT",
      headers: { "content-type": "image/png", cookie },
      body,
    });
    done(await team.ask("DELETE", "/api/organisation/logo"));
    const { entries } = await read(team, { action: "organisation.changed" });
    const changed = entries.map(({ changes }) => Object.keys(changes).join());
    expect(changed).toEqual(["logo", "logo", "verifiedHost", "host", "slug", "timeZone"]);
  });
});
