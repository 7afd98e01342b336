import type { CurrentConversation } from "@grata/contract/conversations";
import type { CSSProperties } from "react";
import { useWait } from "../live/time/use-elapsed.ts";
import { givenName, hueOf, initialsOf } from "../ui/names/customer-name.ts";
import styles from "./customer-face.module.css";

interface CustomerFaceProps {
  customer: CurrentConversation["customer"];
  /** Since when they have been waiting for us; null when they are not. */
  since: number | null;
  large?: boolean;
}

/** A customer at a glance: letters, a colour of their own, and a ring that fills while they wait. Words say it too. */
export function CustomerFace({ customer, since, large = false }: CustomerFaceProps) {
  const name = givenName(customer);
  const face = { "--hue": hueOf(customer.id) } as CSSProperties;
  return (
    <span className={styles.face} style={face} data-large={large} aria-hidden>
      {since !== null && <Ring since={since} />}
      <span className={styles.letters}>
        {name === null ? customer.reference.slice(0, 2) : initialsOf(name)}
      </span>
    </span>
  );
}

function Ring({ since }: { since: number }) {
  const { level, part } = useWait(since);
  const ring = { "--part": `${part}turn` } as CSSProperties;
  return <span className={styles.ring} style={ring} data-level={level} />;
}
