import { createRoute } from "@tanstack/react-router";
import { ChatPage } from "../../chat/chat-page.tsx";
import { DeskPage } from "../../chat/desk-page.tsx";
import { NoChatPage } from "../../chat/no-chat-page.tsx";
import { quickRepliesTexts } from "../../chat/quick-replies/quick-replies-texts.ts";
import { readHistorySearch } from "../../history/history-search.ts";
import { historyTexts } from "../../history/history-texts.ts";
import { readQuickRepliesSearch } from "../../quick-replies/quick-replies-search.ts";
import { latePart } from "../../ui/late/late-part.tsx";
import { currentLanguage } from "../../ui/texts/texts.ts";
import { helpBooks } from "../help/help-books.ts";
import { adminRoutes } from "./admin-routes.tsx";
import { consoleRoute } from "./console-route.tsx";

const desk = createRoute({ getParentRoute: () => consoleRoute, id: "desk", component: DeskPage });

const noChat = createRoute({ getParentRoute: () => desk, path: "/", component: NoChatPage });

const chat = createRoute({
  getParentRoute: () => desk,
  path: "/chats/$conversationId",
  component: ChatPage,
});

const history = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/history",
  validateSearch: readHistorySearch,
  component: latePart(async () => (await import("../../history/history-page.tsx")).HistoryPage, {
    place: "page",
    texts: [historyTexts],
    ahead: true,
  }),
});

const ownSettings = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/settings",
  component: latePart(async () => (await import("../../settings/settings-page.tsx")).SettingsPage, {
    place: "page",
    ahead: true,
  }),
});

const ownPassword = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/password",
  component: latePart(async () => (await import("../../settings/password-page.tsx")).PasswordPage, {
    place: "page",
    ahead: true,
  }),
});

const ownSecondFactor = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/second-factor",
  component: latePart(async () => (await import("../../settings/second-factor-page.tsx")).SecondFactorPage, {
    place: "page",
    ahead: true,
  }),
});

const ownSessions = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/sessions",
  component: latePart(async () => (await import("../../settings/sessions-page.tsx")).SessionsPage, {
    place: "page",
    ahead: true,
  }),
});

const ownQuickReplies = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/quick-replies",
  validateSearch: readQuickRepliesSearch,
  component: latePart(
    async () => (await import("../../settings/quick-replies-page.tsx")).OwnQuickRepliesPage,
    {
      place: "page",
      texts: [quickRepliesTexts],
      ahead: true,
    },
  ),
});

const help = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/help",
  component: latePart(async () => (await import("../help/help-page.tsx")).HelpPage, {
    place: "page",
    texts: [() => helpBooks[currentLanguage()].get()],
    ahead: true,
  }),
});

/** The console with all its pages. */
export const consoleRoutes = consoleRoute.addChildren([
  help,
  history,
  ownSettings,
  ownPassword,
  ownSecondFactor,
  ownSessions,
  ownQuickReplies,
  desk.addChildren([noChat, chat]),
  adminRoutes,
]);
