import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { readAuditSearch } from "./admin/audit/audit-search.ts";
import { readUsersSearch } from "./admin/team/users-search.ts";
import { ChatPage } from "./chats/chat-page.tsx";
import { DeskPage } from "./chats/desk-page.tsx";
import { NoChatPage } from "./chats/no-chat-page.tsx";
import { readHistorySearch } from "./history/history-search.ts";
import { ConsolePage } from "./layout/console-page.tsx";
import { ErrorPage } from "./layout/error-page.tsx";
import { LoadingPage } from "./layout/loading-page.tsx";
import { NoticeArea } from "./notices/notice-area.tsx";
import { readQuickRepliesSearch } from "./quick-replies/quick-replies-search.ts";
import { queryClient, sessionQuery } from "./session/session-query.ts";
import { SignInPage } from "./sign-in/sign-in-page.tsx";
import { readSignInSearch } from "./sign-in/sign-in-search.ts";

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
  component: lazyRouteComponent(() => import("./links/recover-page.tsx"), "RecoverPage"),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/set-up",
  component: lazyRouteComponent(() => import("./set-up/set-up-page.tsx"), "SetUpPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(() => import("./links/invitation-page.tsx"), "InvitationPage"),
});

const recover = createRoute({
  getParentRoute: () => root,
  path: "/recover",
  component: lazyRouteComponent(() => import("./links/recover-page.tsx"), "RecoverPage"),
});

const recovery = createRoute({
  getParentRoute: () => root,
  path: "/recover/password",
  component: lazyRouteComponent(() => import("./links/recovery-page.tsx"), "RecoveryPage"),
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
  component: lazyRouteComponent(() => import("./factors/required-page.tsx"), "RequiredPage"),
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
    if ((await queryClient.ensureQueryData(sessionQuery))?.user.role !== "admin") {
      throw redirect({ to: "/console" });
    }
  },
  component: lazyRouteComponent(() => import("./admin/admin-page.tsx"), "AdminPage"),
});

const adminOverview = createRoute({
  getParentRoute: () => admin,
  path: "/",
  component: lazyRouteComponent(() => import("./admin/overview-page.tsx"), "OverviewPage"),
});

const adminWebChats = createRoute({
  getParentRoute: () => admin,
  path: "/web-chat",
  component: lazyRouteComponent(() => import("./admin/web-chat/web-chats-page.tsx"), "WebChatsPage"),
});

const adminWebChat = createRoute({
  getParentRoute: () => admin,
  path: "/web-chat/$channelId",
  component: lazyRouteComponent(() => import("./admin/web-chat/web-chat-page.tsx"), "WebChatPage"),
});

const adminUsers = createRoute({
  getParentRoute: () => admin,
  path: "/users",
  validateSearch: readUsersSearch,
  component: lazyRouteComponent(() => import("./admin/team/users-page.tsx"), "UsersPage"),
});

const adminReview = createRoute({
  getParentRoute: () => admin,
  path: "/users/review",
  component: lazyRouteComponent(() => import("./admin/team/review-page.tsx"), "ReviewPage"),
});

const adminUser = createRoute({
  getParentRoute: () => admin,
  path: "/users/$userId",
  component: lazyRouteComponent(() => import("./admin/team/user-page.tsx"), "UserPage"),
});

const adminOrganisation = createRoute({
  getParentRoute: () => admin,
  path: "/organisation",
  component: lazyRouteComponent(
    () => import("./admin/organisation/organisation-page.tsx"),
    "OrganisationPage",
  ),
});

const adminAudit = createRoute({
  getParentRoute: () => admin,
  path: "/audit-log",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import("./admin/audit/audit-page.tsx"), "AuditPage"),
});

const adminMails = createRoute({
  getParentRoute: () => admin,
  path: "/mail",
  component: lazyRouteComponent(() => import("./admin/mails/mails-page.tsx"), "MailsPage"),
});

const adminQuickReplies = createRoute({
  getParentRoute: () => admin,
  path: "/quick-replies",
  validateSearch: readQuickRepliesSearch,
  component: lazyRouteComponent(
    () => import("./admin/quick-replies/quick-replies-page.tsx"),
    "QuickRepliesPage",
  ),
});

const ownQuickReplies = createRoute({
  getParentRoute: () => console,
  path: "/quick-replies",
  validateSearch: readQuickRepliesSearch,
  component: lazyRouteComponent(() => import("./own/quick-replies-page.tsx"), "OwnQuickRepliesPage"),
});

const adminTags = createRoute({
  getParentRoute: () => admin,
  path: "/tags",
  component: lazyRouteComponent(() => import("./admin/customers/tags-page.tsx"), "TagsPage"),
});

const adminFields = createRoute({
  getParentRoute: () => admin,
  path: "/customer-fields",
  component: lazyRouteComponent(() => import("./admin/customers/fields-page.tsx"), "FieldsPage"),
});

const history = createRoute({
  getParentRoute: () => console,
  path: "/history",
  validateSearch: readHistorySearch,
  component: lazyRouteComponent(async () => {
    const [{ HistoryPage }, { loadHistoryTexts }] = await Promise.all([
      import("./history/history-page.tsx"),
      import("./history/history-texts.ts"),
    ]);
    await loadHistoryTexts();
    return { HistoryPage };
  }, "HistoryPage"),
});

const adminCustomerData = createRoute({
  getParentRoute: () => admin,
  path: "/customer-data",
  component: lazyRouteComponent(() => import("./admin/customers/customer-data-page.tsx"), "CustomerDataPage"),
});

const ownSettings = createRoute({
  getParentRoute: () => console,
  path: "/settings",
  component: lazyRouteComponent(() => import("./own/settings-page.tsx"), "SettingsPage"),
});

const ownPassword = createRoute({
  getParentRoute: () => console,
  path: "/password",
  component: lazyRouteComponent(() => import("./own/password-page.tsx"), "PasswordPage"),
});

const ownSecondFactor = createRoute({
  getParentRoute: () => console,
  path: "/second-factor",
  component: lazyRouteComponent(() => import("./own/second-factor-page.tsx"), "SecondFactorPage"),
});

const ownSessions = createRoute({
  getParentRoute: () => console,
  path: "/sessions",
  component: lazyRouteComponent(() => import("./own/sessions-page.tsx"), "SessionsPage"),
});

const help = createRoute({
  getParentRoute: () => console,
  path: "/help",
  component: lazyRouteComponent(() => import("./help/help-page.tsx"), "HelpPage"),
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
