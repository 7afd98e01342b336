import { Center, Loader } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useEffect, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { noteShown, watchSettling } from "../ui/keys/settling.ts";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { useObservable } from "../ui/store/use-observable.ts";
import { Chat } from "./chat.tsx";
import { GoneChat } from "./gone-chat.tsx";
import { useFollowing } from "./use-following.ts";

/** The chat that the address names, if it is one of the agent's. */
export function ChatPage() {
  const { t } = useTranslation();
  const live = useLive();
  const { conversationId } = useParams({ from: "/console/desk/chats/$conversationId" });
  const { items, state } = useObservable(live.current);
  const conversation = items.find(({ id }) => id === conversationId);
  useFollowing(conversationId);
  useSettling(conversationId);
  if (conversation !== undefined) {
    return <Chat key={conversationId} conversation={conversation} />;
  }
  switch (state.kind) {
    case "loading":
      return (
        <Center h="100%">
          <Loader aria-label={t("loading")} />
        </Center>
      );
    case "refused":
      return <FailureAlert sentence={state.failure.message} onRetry={live.current.resync} />;
    case "ready":
      return <GoneChat key={conversationId} conversationId={conversationId} />;
  }
}

/** Lets nothing act on a chat that came on screen by itself within the last second. */
function useSettling(conversationId: string): void {
  useEffect(watchSettling, []);
  useLayoutEffect(() => noteShown(conversationId), [conversationId]);
  useLayoutEffect(() => () => noteShown(null), []);
}
