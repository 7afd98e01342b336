import { isBlank, plainLine } from "../../ui/safe-text/plain-line.ts";
import styles from "./foreign-address.module.css";

interface ForeignAddressProps {
  address: string;
  /** The page's own word for itself, which is never shown without the address. */
  title: string;
}

/** An address that a customer's browser reported: only http and https can be clicked, and where it leads is seen. */
export function ForeignAddress({ address, title }: ForeignAddressProps) {
  const name = plainLine(title);
  return (
    <>
      {!isBlank(name) && <bdi className={styles.title}>{name}</bdi>}
      {/^https?:\/\//i.test(address) && URL.canParse(address) ? (
        <a
          className={styles.address}
          href={address}
          target="_blank"
          rel="noopener noreferrer nofollow"
          dir="ltr"
          title={address}
        >
          {addressInShort(address)}
        </a>
      ) : (
        <span className={styles.address}>{plainLine(address)}</span>
      )}
    </>
  );
}

/** Host and path: enough to see where it leads. */
function addressInShort(address: string): string {
  const { host, pathname } = new URL(address);
  return pathname === "/" ? host : host + pathname;
}
