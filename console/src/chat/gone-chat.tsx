import { Button, Stack, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { EmptyView } from "../ui/parts/empty-view.tsx";
import { useObservable } from "../ui/store/use-observable.ts";
import { GoneIcon } from "../ui/theme/icons.ts";
import styles from "./gone-chat.module.css";
import { discardTyped, findTyped } from "./typed.ts";

/** A chat that is not the agent's, or not any more. Words that were left behind in it are shown, not lost. */
export function GoneChat({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const live = useLive();
  const navigate = useNavigate();
  useObservable(live.outgoing);
  useObservable(live.forgotten);
  const typed = findTyped(live, conversationId);
  return (
    <EmptyView icon={GoneIcon} title={t("chats.gone")} hint={t("chats.goneHint")}>
      {typed === null ? (
        <Button component={Link} to="/console" variant="default" mt="sm">
          {t("chats.back")}
        </Button>
      ) : (
        <Stack mt="md" gap="xs" w="100%" align="center">
          <Text fw={600} size="sm">
            {t("chats.leftBehind")}
          </Text>
          {typed.unsent.map(({ clientId, text, file }) => (
            <div key={clientId} className={styles.typed} dir="auto">
              {text || file?.name}
            </div>
          ))}
          {typed.draft !== "" && (
            <div className={styles.typed} dir="auto">
              {typed.draft}
            </div>
          )}
          <Button
            variant="default"
            onClick={() => {
              discardTyped(live, conversationId);
              void navigate({ to: "/console" });
            }}
          >
            {t("chats.discardTyped")}
          </Button>
        </Stack>
      )}
    </EmptyView>
  );
}
