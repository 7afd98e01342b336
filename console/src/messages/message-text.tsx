import { memo } from "react";
import { findLinks } from "./links.ts";
import styles from "./message-text.module.css";

/** What somebody wrote, as text and nothing else; only http(s) addresses can be clicked. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return (
    <div className={styles.text} dir="auto">
      {findLinks(text).map((stretch, index) =>
        stretch.kind === "link" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes, and its parts have no other name.
          <a key={index} href={stretch.address} target="_blank" rel="noopener noreferrer nofollow">
            {stretch.text}
          </a>
        ) : (
          stretch.text
        ),
      )}
    </div>
  );
});
