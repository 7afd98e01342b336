import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./section.module.css";

/** A part of the panel under its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <Title order={4} size="h5" className={styles.title}>
        {title}
      </Title>
      {children}
    </section>
  );
}
