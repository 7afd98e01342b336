import styles from "./count.module.css";

interface CountProps {
  number: number;
  /** Red for what nobody has taken yet; petrol for what is ours and unread. */
  urgent?: boolean;
}

/** A number for eyes only: whoever shows it says in words what it counts. */
export function Count({ number, urgent = false }: CountProps) {
  return (
    <span className={styles.count} data-urgent={urgent} aria-hidden>
      {number > 99 ? "99+" : number}
    </span>
  );
}
