import type { Look } from "@grata/contract/own-entrance";
import { Text } from "@mantine/core";
import { plainLine } from "../safe-text/plain-line.ts";
import { Logo } from "./logo.tsx";
import styles from "./look-heading.module.css";

/** Whose sign-in page it is. The name says it; the logo beside it says nothing more. */
export function LookHeading({ look: { name, logo } }: { look: Look }) {
  return (
    <div className={styles.heading}>
      {logo !== null && <Logo address={logo} alt="" />}
      <Text fw={600} size="lg">
        <bdi>{plainLine(name)}</bdi>
      </Text>
    </div>
  );
}
