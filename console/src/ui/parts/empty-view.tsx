import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Icon } from "../theme/icons.ts";
import styles from "./empty-view.module.css";

interface EmptyViewProps {
  icon: Icon;
  title: string;
  /** What to do next. */
  hint: string;
  children?: ReactNode;
}

/** Where there is nothing to show: says so, and what to do next. */
export function EmptyView({ icon: Sign, title, hint, children }: EmptyViewProps) {
  return (
    <div className={styles.view}>
      <span className={styles.sign}>
        <Sign size={28} stroke={1.6} aria-hidden />
      </span>
      <Text fw={600} size="lg">
        {title}
      </Text>
      <Text c="dimmed">{hint}</Text>
      {children}
    </div>
  );
}
