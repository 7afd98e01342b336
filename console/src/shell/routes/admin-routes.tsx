import { holds } from "@grata/contract/permissions";
import { createRoute, redirect } from "@tanstack/react-router";
import { readAuditSearch } from "../../admin/audit/audit-search.ts";
import { identitiesTexts } from "../../admin/identities/identities-texts.ts";
import { routingTexts } from "../../admin/routing/routing-texts.ts";
import { readUsersSearch } from "../../admin/team/users-search.ts";
import { quickRepliesTexts } from "../../chat/quick-replies/quick-replies-texts.ts";
import { readQuickRepliesSearch } from "../../quick-replies/quick-replies-search.ts";
import { queryClient, sessionQuery } from "../../session/session-query.ts";
import { latePart } from "../../ui/late/late-part.tsx";
import { consoleRoute } from "./console-route.tsx";

const admin = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/admin",
  beforeLoad: async () => {
    // The server keeps the data from agents; here they are only spared a page of refusals.
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!holds(session?.user, "team.manage")) {
      throw redirect({ to: "/console" });
    }
  },
  component: latePart(async () => (await import("../../admin/admin-page.tsx")).AdminPage, { place: "page" }),
});

const adminOverview = createRoute({
  getParentRoute: () => admin,
  path: "/",
  component: latePart(async () => (await import("../../admin/overview-page.tsx")).OverviewPage, {
    place: "section",
  }),
});

const adminUsers = createRoute({
  getParentRoute: () => admin,
  path: "/users",
  validateSearch: readUsersSearch,
  component: latePart(async () => (await import("../../admin/team/users-page.tsx")).UsersPage, {
    place: "section",
  }),
});

const adminReview = createRoute({
  getParentRoute: () => admin,
  path: "/users/review",
  component: latePart(async () => (await import("../../admin/team/review-page.tsx")).ReviewPage, {
    place: "section",
  }),
});

const adminAbsentChats = createRoute({
  getParentRoute: () => admin,
  path: "/unattended-chats",
  component: latePart(
    async () => (await import("../../admin/absent-chats/absent-chats-page.tsx")).AbsentChatsPage,
    {
      place: "section",
    },
  ),
});

const adminRouting = createRoute({
  getParentRoute: () => admin,
  path: "/routing",
  component: latePart(async () => (await import("../../admin/routing/routing-page.tsx")).RoutingPage, {
    place: "section",
    texts: [routingTexts],
  }),
});

const adminUser = createRoute({
  getParentRoute: () => admin,
  path: "/users/$userId",
  component: latePart(async () => (await import("../../admin/team/user-page.tsx")).UserPage, {
    place: "section",
    texts: [identitiesTexts],
  }),
});

const adminIdentities = createRoute({
  getParentRoute: () => admin,
  path: "/agent-identities",
  component: latePart(
    async () => (await import("../../admin/identities/identities-page.tsx")).IdentitiesPage,
    { place: "section", texts: [identitiesTexts] },
  ),
});

const adminOrganisation = createRoute({
  getParentRoute: () => admin,
  path: "/organisation",
  component: latePart(
    async () => (await import("../../admin/organisation/organisation-page.tsx")).OrganisationPage,
    { place: "section" },
  ),
});

const adminAudit = createRoute({
  getParentRoute: () => admin,
  path: "/audit-log",
  validateSearch: readAuditSearch,
  component: latePart(async () => (await import("../../admin/audit/audit-page.tsx")).AuditPage, {
    place: "section",
  }),
});

const adminMails = createRoute({
  getParentRoute: () => admin,
  path: "/mail",
  component: latePart(async () => (await import("../../admin/mails/mails-page.tsx")).MailsPage, {
    place: "section",
  }),
});

const adminWebChats = createRoute({
  getParentRoute: () => admin,
  path: "/web-chat",
  component: latePart(async () => (await import("../../admin/web-chat/web-chats-page.tsx")).WebChatsPage, {
    place: "section",
  }),
});

const adminWebChat = createRoute({
  getParentRoute: () => admin,
  path: "/web-chat/$channelId",
  component: latePart(async () => (await import("../../admin/web-chat/web-chat-page.tsx")).WebChatPage, {
    place: "section",
  }),
});

const adminQuickReplies = createRoute({
  getParentRoute: () => admin,
  path: "/quick-replies",
  validateSearch: readQuickRepliesSearch,
  component: latePart(
    async () => (await import("../../admin/quick-replies/quick-replies-page.tsx")).QuickRepliesPage,
    { place: "section", texts: [quickRepliesTexts] },
  ),
});

const adminTags = createRoute({
  getParentRoute: () => admin,
  path: "/tags",
  component: latePart(async () => (await import("../../admin/customers/tags-page.tsx")).TagsPage, {
    place: "section",
  }),
});

const adminFields = createRoute({
  getParentRoute: () => admin,
  path: "/customer-fields",
  component: latePart(async () => (await import("../../admin/customers/fields-page.tsx")).FieldsPage, {
    place: "section",
  }),
});

const adminCustomerData = createRoute({
  getParentRoute: () => admin,
  path: "/customer-data",
  component: latePart(
    async () => (await import("../../admin/customers/customer-data-page.tsx")).CustomerDataPage,
    { place: "section" },
  ),
});

/** The admin panel. */
export const adminRoutes = admin.addChildren([
  adminOverview,
  adminUsers,
  adminReview,
  adminRouting,
  adminAbsentChats,
  adminUser,
  adminIdentities,
  adminOrganisation,
  adminAudit,
  adminMails,
  adminWebChats,
  adminWebChat,
  adminQuickReplies,
  adminTags,
  adminFields,
  adminCustomerData,
]);
