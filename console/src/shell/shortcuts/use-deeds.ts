import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { useOwnPause } from "../../presence/use-own-pause.ts";
import { notify } from "../../ui/notices/notices.ts";
import { openDialog } from "../../ui/parts/opened-dialog.ts";
import type { ShortcutName } from "./list.ts";
import { neighbourChat } from "./neighbour-chat.ts";
import { press } from "./where.ts";

/** What each shortcut does, wherever it is asked for. */
export function useDeeds(): (name: ShortcutName) => void {
  const { t } = useTranslation();
  const live = useLive();
  const navigate = useNavigate();
  const pause = useOwnPause();
  const { conversationId } = useParams({ strict: false });

  function go(step: 1 | -1): void {
    const ids = live.current.snapshot().items.map(({ id }) => id);
    const next = neighbourChat(ids, conversationId, step);
    if (next !== undefined) {
      void navigate({ to: "/console/chats/$conversationId", params: { conversationId: next } });
    }
  }

  return (name) => {
    switch (name) {
      case "commands":
      case "help":
        return openDialog(name);
      case "pause":
        return pause.toggle();
      case "following":
        return go(1);
      case "previous":
        return go(-1);
      case "next":
        if (live.waiting.snapshot().total === 0) notify(t("commands.nobody"));
        else press(name);
        return;
      case "waitList":
      case "composer":
      case "details":
      case "release":
      case "close":
      case "undo":
        press(name);
    }
  };
}
