import { Text } from "@mantine/core";
import type { TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./empty-view.module.css";

interface EmptyViewProps {
  icon: TablerIcon;
  title: string;
  /** What to do next. */
  hint: string;
  children?: ReactNode;
}

/** Where there is nothing to show: says so, and what to do next. */
export function EmptyView({ icon: Icon, title, hint, children }: EmptyViewProps) {
  return (
    <div className={styles.view}>
      <Icon size={40} stroke={1.4} aria-hidden />
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" size="sm">
        {hint}
      </Text>
      {children}
    </div>
  );
}
