import { holds } from "@grata/contract/permissions";
import {
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { SignInPage } from "../account/sign-in/sign-in-page.tsx";
import { readSignInSearch } from "../account/sign-in/sign-in-search.ts";
import { readAuditSearch } from "../admin/audit/audit-search.ts";
import { readUsersSearch } from "../admin/team/users-search.ts";
import { ChatPage } from "../chat/chat-page.tsx";
import { DeskPage } from "../chat/desk-page.tsx";
import { NoChatPage } from "../chat/no-chat-page.tsx";
import { quickRepliesTexts } from "../chat/quick-replies/quick-replies-texts.ts";
import { readHistorySearch } from "../history/history-search.ts";
import { historyTexts } from "../history/history-texts.ts";
import { readQuickRepliesSearch } from "../quick-replies/quick-replies-search.ts";
import { queryClient, sessionQuery } from "../session/session-query.ts";
import { latePart } from "../ui/late/late-part.tsx";
import { NoticeArea } from "../ui/notices/notice-area.tsx";
import { LoadingPage } from "../ui/parts/loading-page.tsx";
import { currentLanguage } from "../ui/texts/texts.ts";
import { helpBooks } from "./help/help-books.ts";
import { ConsolePage } from "./layout/console-page.tsx";
import { ErrorPage } from "./layout/error-page.tsx";

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <NoticeArea />
    </>
  ),
  notFoundComponent: () => <Navigate to="/console" replace />,
});

/** Whoever is signed in is in the console, not at its door. */
async function refuseSignedIn(): Promise<void> {
  if ((await queryClient.ensureQueryData(sessionQuery)) !== null) {
    throw redirect({ to: "/console" });
  }
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: readSignInSearch,
  beforeLoad: refuseSignedIn,
  component: SignInPage,
});

/** An organisation's own sign-in page. The server has nothing at an address that is nobody's. */
const ownSignIn = createRoute({
  getParentRoute: () => root,
  path: "/$slug",
  validateSearch: readSignInSearch,
  beforeLoad: refuseSignedIn,
  component: SignInPage,
});

const ownRecover = createRoute({
  getParentRoute: () => root,
  path: "/$slug/recover",
  component: latePart(async () => (await import("../account/links/recover-page.tsx")).RecoverPage, {
    place: "entrance",
  }),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/set-up",
  component: latePart(async () => (await import("../account/set-up/set-up-page.tsx")).SetUpPage, {
    place: "entrance",
  }),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: latePart(async () => (await import("../account/links/invitation-page.tsx")).InvitationPage, {
    place: "entrance",
  }),
});

const recover = createRoute({
  getParentRoute: () => root,
  path: "/recover",
  component: latePart(async () => (await import("../account/links/recover-page.tsx")).RecoverPage, {
    place: "entrance",
  }),
});

const recovery = createRoute({
  getParentRoute: () => root,
  path: "/recover/password",
  component: latePart(async () => (await import("../account/links/recovery-page.tsx")).RecoveryPage, {
    place: "entrance",
  }),
});

const secondFactor = createRoute({
  getParentRoute: () => root,
  path: "/second-factor",
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session === null) {
      throw redirect({ to: "/sign-in" });
    }
    if (!session.secondFactorMissing) {
      throw redirect({ to: "/console" });
    }
  },
  component: latePart(async () => (await import("../account/factors/required-page.tsx")).RequiredPage, {
    place: "entrance",
  }),
});

const console = createRoute({
  getParentRoute: () => root,
  path: "/console",
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session === null) {
      throw redirect({ to: "/sign-in", search: { to: location.href } });
    }
    if (session.secondFactorMissing) {
      throw redirect({ to: "/second-factor" });
    }
  },
  component: ConsolePage,
});

const desk = createRoute({ getParentRoute: () => console, id: "desk", component: DeskPage });

const noChat = createRoute({ getParentRoute: () => desk, path: "/", component: NoChatPage });

const chat = createRoute({
  getParentRoute: () => desk,
  path: "/chats/$conversationId",
  component: ChatPage,
});

const admin = createRoute({
  getParentRoute: () => console,
  path: "/admin",
  beforeLoad: async () => {
    // The server keeps the data from agents; here they are only spared a page of refusals.
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!holds(session?.user, "team.manage")) {
      throw redirect({ to: "/console" });
    }
  },
  component: latePart(async () => (await import("../admin/admin-page.tsx")).AdminPage, { place: "page" }),
});

const adminOverview = createRoute({
  getParentRoute: () => admin,
  path: "/",
  component: latePart(async () => (await import("../admin/overview-page.tsx")).OverviewPage, {
    place: "section",
  }),
});

const adminWebChats = createRoute({
  getParentRoute: () => admin,
  path: "/web-chat",
  component: latePart(async () => (await import("../admin/web-chat/web-chats-page.tsx")).WebChatsPage, {
    place: "section",
  }),
});

const adminWebChat = createRoute({
  getParentRoute: () => admin,
  path: "/web-chat/$channelId",
  component: latePart(async () => (await import("../admin/web-chat/web-chat-page.tsx")).WebChatPage, {
    place: "section",
  }),
});

const adminUsers = createRoute({
  getParentRoute: () => admin,
  path: "/users",
  validateSearch: readUsersSearch,
  component: latePart(async () => (await import("../admin/team/users-page.tsx")).UsersPage, {
    place: "section",
  }),
});

const adminReview = createRoute({
  getParentRoute: () => admin,
  path: "/users/review",
  component: latePart(async () => (await import("../admin/team/review-page.tsx")).ReviewPage, {
    place: "section",
  }),
});

const adminAbsentChats = createRoute({
  getParentRoute: () => admin,
  path: "/unattended-chats",
  component: latePart(
    async () => (await import("../admin/absent-chats/absent-chats-page.tsx")).AbsentChatsPage,
    {
      place: "section",
    },
  ),
});

const adminUser = createRoute({
  getParentRoute: () => admin,
  path: "/users/$userId",
  component: latePart(async () => (await import("../admin/team/user-page.tsx")).UserPage, {
    place: "section",
  }),
});

const adminOrganisation = createRoute({
  getParentRoute: () => admin,
  path: "/organisation",
  component: latePart(
    async () => (await import("../admin/organisation/organisation-page.tsx")).OrganisationPage,
    { place: "section" },
  ),
});

const adminAudit = createRoute({
  getParentRoute: () => admin,
  path: "/audit-log",
  validateSearch: readAuditSearch,
  component: latePart(async () => (await import("../admin/audit/audit-page.tsx")).AuditPage, {
    place: "section",
  }),
});

const adminMails = createRoute({
  getParentRoute: () => admin,
  path: "/mail",
  component: latePart(async () => (await import("../admin/mails/mails-page.tsx")).MailsPage, {
    place: "section",
  }),
});

const adminQuickReplies = createRoute({
  getParentRoute: () => admin,
  path: "/quick-replies",
  validateSearch: readQuickRepliesSearch,
  component: latePart(
    async () => (await import("../admin/quick-replies/quick-replies-page.tsx")).QuickRepliesPage,
    { place: "section", texts: [quickRepliesTexts] },
  ),
});

const ownQuickReplies = createRoute({
  getParentRoute: () => console,
  path: "/quick-replies",
  validateSearch: readQuickRepliesSearch,
  component: latePart(async () => (await import("../settings/quick-replies-page.tsx")).OwnQuickRepliesPage, {
    place: "page",
    texts: [quickRepliesTexts],
    ahead: true,
  }),
});

const adminTags = createRoute({
  getParentRoute: () => admin,
  path: "/tags",
  component: latePart(async () => (await import("../admin/customers/tags-page.tsx")).TagsPage, {
    place: "section",
  }),
});

const adminFields = createRoute({
  getParentRoute: () => admin,
  path: "/customer-fields",
  component: latePart(async () => (await import("../admin/customers/fields-page.tsx")).FieldsPage, {
    place: "section",
  }),
});

const history = createRoute({
  getParentRoute: () => console,
  path: "/history",
  validateSearch: readHistorySearch,
  component: latePart(async () => (await import("../history/history-page.tsx")).HistoryPage, {
    place: "page",
    texts: [historyTexts],
    ahead: true,
  }),
});

const adminCustomerData = createRoute({
  getParentRoute: () => admin,
  path: "/customer-data",
  component: latePart(
    async () => (await import("../admin/customers/customer-data-page.tsx")).CustomerDataPage,
    { place: "section" },
  ),
});

const ownSettings = createRoute({
  getParentRoute: () => console,
  path: "/settings",
  component: latePart(async () => (await import("../settings/settings-page.tsx")).SettingsPage, {
    place: "page",
    ahead: true,
  }),
});

const ownPassword = createRoute({
  getParentRoute: () => console,
  path: "/password",
  component: latePart(async () => (await import("../settings/password-page.tsx")).PasswordPage, {
    place: "page",
    ahead: true,
  }),
});

const ownSecondFactor = createRoute({
  getParentRoute: () => console,
  path: "/second-factor",
  component: latePart(async () => (await import("../settings/second-factor-page.tsx")).SecondFactorPage, {
    place: "page",
    ahead: true,
  }),
});

const ownSessions = createRoute({
  getParentRoute: () => console,
  path: "/sessions",
  component: latePart(async () => (await import("../settings/sessions-page.tsx")).SessionsPage, {
    place: "page",
    ahead: true,
  }),
});

const help = createRoute({
  getParentRoute: () => console,
  path: "/help",
  component: latePart(async () => (await import("./help/help-page.tsx")).HelpPage, {
    place: "page",
    texts: [() => helpBooks[currentLanguage()].get()],
    ahead: true,
  }),
});

const consolePages = console.addChildren([
  help,
  history,
  ownSettings,
  ownPassword,
  ownSecondFactor,
  ownSessions,
  ownQuickReplies,
  desk.addChildren([noChat, chat]),
  admin.addChildren([
    adminOverview,
    adminUsers,
    adminReview,
    adminAbsentChats,
    adminUser,
    adminOrganisation,
    adminAudit,
    adminMails,
    adminWebChats,
    adminWebChat,
    adminQuickReplies,
    adminTags,
    adminFields,
    adminCustomerData,
  ]),
]);

/** Which page stands at which address, and who may see it. */
export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    ownSignIn,
    ownRecover,
    secondFactor,
    setUp,
    invitation,
    recover,
    recovery,
    consolePages,
  ]),
  defaultErrorComponent: ErrorPage,
  defaultPendingComponent: LoadingPage,
  defaultPendingMs: 300,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
