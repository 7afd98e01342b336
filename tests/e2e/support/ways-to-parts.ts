import { expect, type Locator, type Page } from "@playwright/test";

/** How one gets to a late part from the page `at`, and what is seen of it there; null if it has no view. */
export type Way = {
  at: string;
  open?: (page: Page) => Promise<unknown>;
  shown: ((page: Page) => Locator) | null;
};

const chat = "chat";
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const press = (name: string | RegExp) => (page: Page) => button(page, name).first().click();
const sees = (name: string) => (page: Page) => button(page, name).first();
const dialog = (name: string | RegExp) => (page: Page) => page.getByRole("dialog", { name });
const heading = (name: string | RegExp) => (page: Page) => page.getByRole("heading", { level: 1, name });
const page = (at: string, name: string | RegExp): Way => ({ at, shown: heading(name) });

async function fromMenu(page: Page, item: string): Promise<void> {
  await press(/^Menu of /)(page);
  await page.getByRole("menuitem", { name: item }).click();
}

const emoji: Way = {
  at: chat,
  open: press("Insert an emoji"),
  shown: (page) => page.getByRole("textbox", { name: "Search emoji" }),
};
const quickReplies: Way = { at: chat, shown: sees("Quick replies") };
const talk: Way = { at: chat, shown: sees("Voice message: hold to talk") };
const attach: Way = { at: chat, shown: sees("Attach files") };
const file: Way = {
  at: chat,
  shown: (page) => page.getByRole("log").getByText("leaf.txt"),
};
const selfTest: Way = {
  at: chat,
  open: (page) => fromMenu(page, "Test your console"),
  shown: (page) => page.getByRole("heading", { name: "Test your console" }),
};
const push: Way = {
  at: "/console/settings",
  shown: (page) => page.getByText("Pop-ups also when Grata is closed"),
};
const help = page("/console/help", "Help");
const identities = page("/console/admin/agent-identities", "Agent Identities");
const history = page("/console/history", "History");
const withoutView: Way = { at: chat, shown: null };

/** A way to every late part of the console, by its source. */
export const waysToParts: Record<string, Way> = {
  "chat/emoji/emoji-picker.tsx": emoji,
  "ui/texts/emoji": emoji,
  "chat/quick-replies/quick-replies.tsx": quickReplies,
  "ui/texts/quick-replies": quickReplies,
  "messages/voice/talk-button.tsx": talk,
  "ui/texts/voice": talk,
  "messages/files/attach-button.tsx": attach,
  "messages/files/message-file.tsx": file,
  "messages/voice/voice-message.tsx": {
    at: chat,
    shown: (page) => page.getByRole("log").getByRole("group", { name: /^Voice message/ }),
  },
  "chat/handing/handing-buttons.tsx": { at: chat, shown: sees("Back to the wait list") },
  "ui/texts/handing": { at: chat, shown: sees("Back to the wait list") },
  "chat/handing/transfer-dialog.tsx": {
    at: chat,
    open: press("Transfer the chat"),
    shown: dialog(/^Transfer the chat/),
  },
  "chat/handing/note-dialog.tsx": {
    at: chat,
    open: press("Write a note for the team"),
    shown: dialog(/^Note about/),
  },
  "shell/layout/soon.ts": { at: chat, shown: sees("Team") },
  "customers/details/details-panel.tsx": {
    at: chat,
    open: async (page) => {
      const details = button(page, "Details").first();
      if ((await details.getAttribute("aria-expanded")) === "false") await details.click();
    },
    shown: (page) => page.getByRole("complementary", { name: "Details" }).getByText("Visitor code"),
  },
  "customers/details/merge-dialog.tsx": {
    at: chat,
    open: press("Merge with another customer…"),
    shown: dialog("Merge with another customer"),
  },
  "customers/details/past-dialog.tsx": {
    at: chat,
    open: press(/An earlier chat/),
    shown: dialog(/^Chat with/),
  },
  "chat/close-dialog.tsx": { at: chat, open: press("Close chat"), shown: dialog(/./) },
  "shell/shortcuts/command-bar.tsx": {
    at: chat,
    open: (page) => listening(page, "Control+k"),
    shown: dialog("Command bar"),
  },
  "shell/shortcuts/shortcuts-dialog.tsx": {
    at: chat,
    open: (page) => fromMenu(page, "Keyboard shortcuts"),
    shown: dialog("Keyboard shortcuts"),
  },
  "presence/team-dialog.tsx": {
    at: chat,
    open: async (page) => {
      await listening(page, "Control+k");
      await page.getByRole("dialog").getByRole("combobox").fill("Team");
      await page.getByRole("option", { name: /^Team/ }).last().click();
    },
    shown: dialog("Team"),
  },
  "account/sign-out/sign-out-dialog.tsx": {
    at: chat,
    open: (page) => fromMenu(page, "Log out"),
    shown: dialog("Log out now?"),
  },
  "console-test/test-panel.tsx": selfTest,
  "ui/texts/console-test": selfTest,

  "account/inactivity/inactivity-guard.tsx": withoutView,
  "notifications/attention/attention-guard.tsx": withoutView,
  "messages/files/staging.tsx": withoutView,
  "live/forget-erased.ts": withoutView,
  "live/open-uploads.ts": withoutView,
  "welcome/microphone-step.tsx": withoutView,

  "settings/settings-page.tsx": page("/console/settings", "My Settings"),
  "messages/voice/microphone-settings.tsx": {
    at: "/console/settings",
    shown: (page) => page.getByText("For push-to-talk messages."),
  },
  "notifications/push/push-settings.tsx": push,
  "ui/texts/push": push,
  "settings/quick-replies-page.tsx": page("/console/quick-replies", "My quick replies"),
  "quick-replies/edit-dialog.tsx": {
    at: "/console/quick-replies",
    open: press("New quick reply"),
    shown: dialog("New quick reply"),
  },
  "quick-replies/import-dialog.tsx": {
    at: "/console/quick-replies",
    open: press("Import"),
    shown: dialog(/./),
  },
  "settings/password-page.tsx": page("/console/password", /password/i),
  "settings/second-factor-page.tsx": page("/console/second-factor", "Two-step sign-in"),
  "settings/sessions-page.tsx": page("/console/sessions", "My sessions"),
  "shell/help/help-page.tsx": help,
  "ui/texts/help": help,
  "history/history-page.tsx": history,
  "ui/texts/history": history,

  "admin/admin-page.tsx": page("/console/admin", "Overview"),
  "admin/overview-page.tsx": page("/console/admin", "Overview"),
  "admin/audit/audit-page.tsx": page("/console/admin/audit-log", /./),
  "admin/customers/customer-data-page.tsx": page("/console/admin/customer-data", "Customer data"),
  "customers/customer-data/erase-dialog.tsx": {
    at: chat,
    open: press(/^Erase the data of/),
    shown: dialog(/^Erase the data of/),
  },
  "admin/customers/fields-page.tsx": page("/console/admin/customer-fields", /./),
  "admin/customers/tags-page.tsx": page("/console/admin/tags", /./),
  "admin/identities/identities-page.tsx": identities,
  "ui/texts/identities": identities,
  "admin/mails/mails-page.tsx": page("/console/admin/mail", /./),
  "admin/organisation/organisation-page.tsx": page("/console/admin/organisation", /./),
  "admin/quick-replies/quick-replies-page.tsx": page("/console/admin/quick-replies", "Quick replies"),
  "admin/team/users-page.tsx": page("/console/admin/users", "Users"),
  "admin/team/add-agents-dialog.tsx": {
    at: "/console/admin/users",
    open: press("Add Agents"),
    shown: dialog("Add Agents"),
  },
  "admin/routing/routing-page.tsx": page("/console/admin/routing", "Routing"),
  "ui/texts/routing": page("/console/admin/routing", "Routing"),
  "admin/routing/rule-dialog.tsx": {
    at: "/console/admin/routing",
    open: press("New rule"),
    shown: dialog("New rule"),
  },
  "admin/routing/groups-of-user.tsx": {
    at: "user",
    shown: (page) => page.getByRole("heading", { name: "User groups" }),
  },
  "admin/absent-chats/absent-chats-page.tsx": page("/console/admin/unattended-chats", /./),
  "admin/team/review-page.tsx": page("/console/admin/users/review", /./),
  "admin/team/user-page.tsx": page("user", "Ada Admin"),
  "admin/team/user-action-dialog.tsx": {
    at: "agent",
    open: press("Disable"),
    shown: dialog(/./),
  },
  "admin/web-chat/web-chats-page.tsx": page("/console/admin/web-chat", /./),
  "admin/web-chat/web-chat-page.tsx": page("web-chat", /./),

  "account/links/recover-page.tsx": page("/recover", /./),
  "account/links/recovery-page.tsx": page("/recover/password", /./),
  "account/links/invitation-page.tsx": page("/invitation", /./),
  "account/set-up/set-up-page.tsx": page("/set-up", /./),
  "account/factors/passkey-sign-in.tsx": { at: "/sign-in", shown: sees("Sign in with a passkey") },
};

/** Presses a key until somebody listens: that part of the console comes a moment after the page. */
async function listening(page: Page, key: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog").first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
}
