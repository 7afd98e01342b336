import styles from "./logo.module.css";

/** An organisation's logo. */
export function Logo({ address, alt }: { address: string; alt: string }) {
  return <img className={styles.logo} src={address} alt={alt} />;
}
