import type { CurrentConversation } from "@grata/contract/conversations";
import type { SignedInUser } from "@grata/contract/http";
import { holds } from "@grata/contract/permissions";
import { useMantineColorScheme } from "@mantine/core";
import { type LinkProps, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { adminSections } from "../../admin/sections.ts";
import { useClaim } from "../../chat/wait-list/use-claim.ts";
import { openTest } from "../../console-test/dock.ts";
import { useLive } from "../../live/live-provider.tsx";
import { useOwnPause } from "../../presence/use-own-pause.ts";
import { givenName } from "../../ui/names/customer-name.ts";
import { openDialog } from "../../ui/parts/opened-dialog.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useObservable } from "../../ui/store/use-observable.ts";
import type { Command } from "./find-commands.ts";
import { type ShortcutName, shortcuts } from "./list.ts";
import { isOffered } from "./where.ts";

const pages = [
  { to: "/console", label: "commands.toChats" },
  { to: "/console/history", label: "history.title" },
  { to: "/console/settings", label: "settings.title" },
  { to: "/console/password", label: "changePassword.title" },
  { to: "/console/second-factor", label: "factors.title" },
  { to: "/console/sessions", label: "sessions.title" },
  { to: "/console/help", label: "help.title" },
] as const;

const deedNames = [
  "next",
  "waitList",
  "pause",
  "composer",
  "details",
  "release",
  "close",
  "undo",
  "help",
] as const;

interface Options {
  user: SignedInUser["user"];
  deeds: (name: ShortcutName) => void;
  onSignOut: () => void;
}

/** Everything that the command bar can do now: chats, who waits, actions and pages. */
export function useCommands({ user, deeds, onSignOut }: Options): Command[] {
  const { t } = useTranslation();
  const live = useLive();
  const navigate = useNavigate();
  const current = useObservable(live.current);
  const waiting = useObservable(live.waiting);
  const { paused } = useOwnPause();
  const { setColorScheme } = useMantineColorScheme();
  const claim = useClaim(live.actions.claim);

  function nameOf(customer: CurrentConversation["customer"]): string {
    return givenName(customer) ?? t("customer.visitor", { reference: customer.reference });
  }

  const page = (to: NonNullable<LinkProps["to"]>, label: string, hint?: string): Command => ({
    id: `page-${to.replaceAll("/", "-")}`,
    group: "pages",
    label,
    ...(hint !== undefined && { hint }),
    run: () => void navigate({ to }),
  });

  const action = (id: string, label: string, run: () => void): Command => ({
    id,
    group: "actions",
    label,
    run,
  });

  return [
    ...current.items.map(
      ({ id, customer, last }): Command => ({
        id: `chat-${id}`,
        group: "chats",
        label: nameOf(customer),
        hint: plainLine(last.text),
        run: () => void navigate({ to: "/console/chats/$conversationId", params: { conversationId: id } }),
      }),
    ),
    ...waiting.items.map(
      ({ id, customer, last }): Command => ({
        id: `waiting-${id}`,
        group: "waiting",
        label: t("commands.claim", { name: nameOf(customer) }),
        hint: plainLine(last.text),
        run: () => claim.mutate(id),
      }),
    ),
    ...deedNames.filter(isOffered).map((name): Command => {
      const { keys = [] } = shortcuts.find((shortcut) => shortcut.name === name) ?? {};
      const label =
        name === "pause" ? t(paused ? "presence.resume" : "presence.pause") : t(`shortcuts.does.${name}`);
      return {
        ...action(name, label, () => deeds(name)),
        ...(keys[0] !== undefined && { keyName: keys[0] }),
      };
    }),
    action("team", t("presence.title"), () => openDialog("team")),
    action("console-test", t("consoleTest.title"), openTest),
    action("light", t("commands.light"), () => setColorScheme("light")),
    action("dark", t("commands.dark"), () => setColorScheme("dark")),
    action("sign-out", t("header.signOut"), onSignOut),
    ...pages.map(({ to, label }) => page(to, t(label))),
    ...(holds(user, "team.manage") ? adminSections : []).flatMap((section) =>
      section.pages.map(({ to, label }) => page(to, t(label), t("admin.title"))),
    ),
  ];
}
