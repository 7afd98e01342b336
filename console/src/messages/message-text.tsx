import { UnstyledButton } from "@mantine/core";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { findLinks } from "./links.ts";
import styles from "./message-text.module.css";
import { shorten } from "./shorten.ts";

/** What somebody wrote, as text and nothing else; only http(s) addresses can be clicked. A long one begins folded. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const short = whole ? null : shorten(text);
  return (
    <>
      <div className={styles.text} dir="auto">
        {findLinks(short ?? text).map((stretch, index) =>
          stretch.kind === "link" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes, and its parts have no other name.
            <SafeLink key={index} address={stretch.address} />
          ) : (
            stretch.text
          ),
        )}
        {short !== null && "…"}
      </div>
      {short !== null && (
        <UnstyledButton className={styles.whole} onClick={() => setWhole(true)}>
          {t("messages.showWhole")}
        </UnstyledButton>
      )}
    </>
  );
});

/** Leads away in a window of its own, and tells the other site nothing. */
function SafeLink({ address }: { address: string }) {
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
      {address}
    </a>
  );
}
