import { v7 as newId } from "uuid";
import { defaultSettings } from "../../src/channels/webchat/settings.ts";
import { form } from "../scenes/set-up.ts";
import { password } from "../servers/test-node.ts";

/** A passkey that nobody has. */
const credential = { id: "AAAA", rawId: "AAAA", type: "public-key" };
const signed = { clientDataJSON: "e30", authenticatorData: "AAAA", signature: "AAAA" };

const written = { name: "Greeting", category: "", texts: { en: "Hello" } };

const identity = {
  world: "webchat",
  ownerId: null,
  names: { en: { name: "Support", line: "" } },
  name: "Support",
};

/** A body that each route accepts, by method and address. What tests generate is generated from these. */
export const acceptedBodies: Record<string, Record<string, unknown>> = {
  "POST /api/session": { email: "somebody@example.test", password, slug: "nobody-has-this-one" },
  "PATCH /api/session": { language: "zh-Hant", timeZone: null, notifications: "away" },
  "POST /api/invitation/check": { token: "x".repeat(43) },
  "POST /api/invitation": { token: "x".repeat(43), password: "another quiet teapot" },
  "POST /api/recovery": { email: "somebody@example.test" },
  "POST /api/recovery/check": { token: "x".repeat(43) },
  "POST /api/recovery/password": { token: "x".repeat(43), password: "another quiet teapot" },
  "POST /api/session/code": { step: "authenticator", code: "000000" },
  "POST /api/session/passkey/options": { purpose: "alone" },
  "POST /api/session/passkey": { purpose: "alone", answer: { ...credential, response: signed } },
  "POST /api/second-factor/authenticator": { current: password },
  "POST /api/second-factor/authenticator/confirm": { code: "000000" },
  "POST /api/second-factor/authenticator/remove": { current: password },
  "POST /api/second-factor/recovery-codes": { current: password },
  "POST /api/second-factor/passkeys/options": { current: password },
  "POST /api/second-factor/passkeys": {
    name: "My key",
    answer: { ...credential, response: { clientDataJSON: "e30", attestationObject: "oA" } },
  },
  "POST /api/second-factor/passkeys/:passkeyId/remove": { current: password },
  "POST /api/session/password": { current: password, password: "another quiet teapot" },
  "PATCH /api/team/users/:userId": { name: "Mei", role: "agent", language: "zh-Hans" },
  "POST /api/team/invitations": {
    name: "Mei",
    email: "mei@example.test",
    role: "agent",
    language: "zh-Hans",
  },
  "POST /api/team/invitations/many": {
    lines: [{ name: "", email: "mei@example.test", role: "agent", language: "zh-Hans" }],
  },
  "PUT /api/organisation": {
    name: "Tea House",
    defaultLanguage: "zh-Hans",
    timeZone: "Asia/Shanghai",
    inactivityMinutes: null,
    oneSession: true,
    secondFactorRequired: false,
    absenceSeconds: 300,
  },
  "POST /api/absent-chats/take-over": { conversationId: newId() },
  "POST /api/user-groups": { name: "Returns" },
  "PATCH /api/user-groups/:groupId": { name: "Returns" },
  "PUT /api/user-groups/:groupId/members": { userIds: [] },
  "PUT /api/team/users/:userId/groups": { groupIds: [] },
  "PUT /api/routing": { version: 0, rules: [], overflowMinutes: null, groupsSeeEverybody: true },
  "POST /api/routing/try": {
    rules: [],
    customerId: newId(),
    channelId: newId(),
    language: "en",
    page: "https://shop.example/tea",
    menu: "support",
    scene: "poster",
    text: "Hello",
    tags: [],
    fields: {},
    open: true,
  },
  "POST /api/absent-chats/put-back": {
    userId: "0199cafe-0000-7000-8000-000000000000",
    conversationIds: ["0199cafe-0000-7000-8000-000000000000"],
  },
  "PUT /api/organisation/retention": { days: null },
  "PUT /api/organisation/slug": { slug: null },
  "PUT /api/organisation/host": { host: null },
  "POST /api/set-up/check": { token: "x".repeat(43) },
  "POST /api/set-up": { ...form, timeZone: "UTC", token: "x".repeat(43) },
  "POST /api/webchat/:channelId/visitors": { language: "en", embedder: "https://shop.example" },
  "POST /api/webchat/:channelId/identity": {
    language: "en",
    embedder: "https://shop.example",
    identity: "header.payload.signature",
    token: "x".repeat(43),
  },
  "PATCH /api/customers/:customerId": {
    name: { was: null, value: "Mei" },
    email: { was: null, value: "mei@example.test" },
    phone: { was: null, value: "+86 21 5555 0100" },
  },
  "PUT /api/customers/:customerId/fields/:fieldId": { was: null, value: null },
  "POST /api/customers/:customerId/notes": { id: newId(), text: "Prefers tea" },
  "POST /api/customers/:customerId/tags": { name: "Regular" },
  "POST /api/customers/:customerId/merges": { mergedId: newId() },
  "PATCH /api/tags/:tagId": { name: "Regular" },
  "POST /api/tags/:tagId/merge": { into: newId() },
  "POST /api/customer-fields": { name: "Member since", kind: "date", choices: [] },
  "PATCH /api/customer-fields/:fieldId": { name: "Member since", choices: [] },
  "POST /api/channels/web-chat": { name: "Shop" },
  "PUT /api/channels/web-chat/:channelId": { ...defaultSettings, name: "Shop" },
  "POST /api/channels/web-chat/:channelId/secret": { endFormer: false },
  // Nobody is there: the check says so, and that is an answer.
  "POST /api/channels/web-chat/:channelId/check": { url: "http://127.0.0.1:9/" },
  "POST /api/agent-identities": identity,
  "PUT /api/agent-identities/:identityId": identity,
  "PUT /api/team/users/:userId/identities": { webchat: null, wechat: null },
  "POST /api/quick-replies": written,
  "PUT /api/quick-replies/:quickReplyId": written,
  "POST /api/quick-replies/delete": { ids: ["0198aaaa-0000-7000-8000-000000000000"] },
  "POST /api/quick-replies/import": {
    existing: "keep",
    lines: [{ name: "", category: "", en: "", "zh-Hans": "", "zh-Hant": "" }],
  },
  // The keys of the example in RFC 8291.
  "PUT /api/push": {
    endpoint: "http://127.0.0.1:9/somebody",
    keys: {
      p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
      auth: "BTBZMqHH6r4Tts7J_aSIgg",
    },
  },
  "POST /api/own-quick-replies": written,
  "PUT /api/own-quick-replies/:quickReplyId": written,
  "POST /api/own-quick-replies/delete": { ids: ["0198aaaa-0000-7000-8000-000000000000"] },
  "POST /api/own-quick-replies/import": {
    existing: "keep",
    lines: [{ name: "", category: "", en: "", "zh-Hans": "", "zh-Hant": "" }],
  },
};
