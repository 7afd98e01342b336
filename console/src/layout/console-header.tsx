import type { SignedInUser } from "@grata/contract/http";
import { Text } from "@mantine/core";
import { NextChat } from "../wait-list/next-chat.tsx";
import { Brand } from "./brand.tsx";
import { ConnectionState } from "./connection-state.tsx";
import styles from "./console-header.module.css";
import { UserMenu } from "./user-menu.tsx";

/** What stands above every page of the console. */
export function ConsoleHeader({ session }: { session: SignedInUser }) {
  return (
    <header className={styles.header}>
      <Brand compact />
      <Text className={styles.organisation} c="dimmed" truncate title={session.organisation.name}>
        <bdi>{session.organisation.name}</bdi>
      </Text>
      <ConnectionState />
      <div className={styles.actions}>
        <NextChat />
        <UserMenu session={session} />
      </div>
    </header>
  );
}
