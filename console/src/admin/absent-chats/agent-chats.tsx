import type { AbsentChat } from "@grata/contract/absent-chats";
import { Button, Text, Title } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useElapsed } from "../../live/time/use-elapsed.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { AbsentChatLine } from "./absent-chat-line.tsx";
import styles from "./absent-chats.module.css";
import { usePutBack } from "./use-put-back.ts";

interface AgentChatsProps {
  agent: AbsentChat["agent"];
  chats: readonly AbsentChat[];
}

/** An agent who is away, and their chats on this page. */
export function AgentChats({ agent, chats }: AgentChatsProps) {
  const { t } = useTranslation();
  const heading = useId();
  const { put, pending } = usePutBack(agent);
  const duration = useElapsed(agent.goneSince);
  const name = plainLine(agent.name);
  return (
    <section aria-labelledby={heading}>
      <div className={styles.agent}>
        <div className={styles.words}>
          <Title order={2} size="h4" id={heading}>
            <bdi>{name}</bdi>
          </Title>
          <Text size="sm" c="dimmed">
            {t("absentChats.gone", { duration })}
          </Text>
        </div>
        <Button
          variant="default"
          size="xs"
          loading={pending}
          aria-label={t("absentChats.putBackAllOf", { name })}
          onClick={() => put()}
        >
          {t("absentChats.putBackAll")}
        </Button>
      </div>
      <ul className={styles.list}>
        {chats.map((chat) => (
          <AbsentChatLine key={chat.id} chat={chat} />
        ))}
      </ul>
    </section>
  );
}
