// @ts-check

/**
 * The floors of the house, highest first. An import goes down: to a lower floor, or to another room of the same floor
 * as long as the rooms form no circle. A room is a folder with everything below it; files right inside a workspace's
 * source folder belong to its highest floor. `floors.test.js` reads every import and holds the code to this table.
 */

/**
 * @typedef {object} Floor
 * @property {string[]} rooms
 * @property {boolean} [apart] rooms of this floor never import each other
 */

/** Workspaces know only those below them. @type {Floor[]} */
export const workspaces = [
  { rooms: ["bench", "tests/e2e", "scripts"] },
  { rooms: ["server", "console", "widget"], apart: true },
  { rooms: ["client", "embedded-postgres"], apart: true },
  { rooms: ["contract"] },
];

/**
 * The rooms inside of a workspace's source folder, by that folder.
 * @type {Record<string, Floor[]>}
 */
export const floors = {
  "server/src": [
    { rooms: ["app"] },
    { rooms: ["realtime"] },
    {
      rooms: [
        "features/console-tests",
        "features/customer-export",
        "features/erasure",
        "features/history",
        "features/mail-sending",
        "features/pushes",
        "features/set-up",
        "features/transcripts",
      ],
    },
    { rooms: ["channels/webchat"], apart: true },
    { rooms: ["channels"] },
    {
      rooms: [
        "domains/accounts",
        "domains/agent-identities",
        "domains/audit",
        "domains/conversations",
        "domains/customer-records",
        "domains/customers",
        "domains/deliveries",
        "domains/inbox",
        "domains/mails",
        "domains/media",
        "domains/organisations",
        "domains/quick-replies",
        "domains/routing",
        "domains/team",
        "domains/user-groups",
      ],
    },
    {
      rooms: [
        "foundation/access",
        "foundation/configuration",
        "foundation/http",
        "foundation/images",
        "foundation/jobs",
        "foundation/refusal",
        "foundation/schema",
        "foundation/secrets",
        "foundation/storage",
      ],
    },
  ],
  "console/src": [
    { rooms: ["shell"] },
    { rooms: ["admin"] },
    { rooms: ["settings"] },
    { rooms: ["history", "quick-replies"] },
    { rooms: ["chat"] },
    { rooms: ["welcome"] },
    { rooms: ["console-test"] },
    { rooms: ["customers"] },
    { rooms: ["messages"] },
    { rooms: ["notifications", "presence"] },
    { rooms: ["account"] },
    { rooms: ["live"] },
    { rooms: ["session"] },
    { rooms: ["ui"] },
    { rooms: ["home"] },
  ],
  "widget/src": [
    { rooms: ["console-test", "try"], apart: true },
    { rooms: ["loader"] },
    { rooms: ["frame/window"] },
    { rooms: ["frame/composer"] },
    { rooms: ["frame/messages"] },
    { rooms: ["frame/chat"] },
    { rooms: ["frame/visitor"] },
    { rooms: ["frame/ui"] },
    { rooms: ["texts"] },
  ],
};
