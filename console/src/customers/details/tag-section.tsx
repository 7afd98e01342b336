import type { CustomerDetails } from "@grata/contract/customers";
import { tagLimit } from "@grata/contract/limits";
import { Autocomplete, CloseButton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queryClient } from "../../session/session-query.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { type Deeds, tagsQuery } from "../requests.ts";
import { Section } from "./section.tsx";
import "@mantine/core/styles/Combobox.layer.css";
import styles from "./tag-section.module.css";

/** The customer's tags. A name that the organisation has not had becomes a tag of it. */
export function TagSection({ details, deeds }: { details: CustomerDetails; deeds: Deeds }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [typed, setTyped] = useState("");
  const { data } = useQuery(tagsQuery);
  const adding = useMutation({
    mutationFn: deeds.tag,
    onSuccess() {
      setTyped("");
      void queryClient.invalidateQueries({ queryKey: tagsQuery.queryKey });
    },
  });
  const removing = useMutation({ mutationFn: deeds.untag });
  const held = new Set(details.tags.map(({ id }) => id));
  const free = data?.tags.filter(({ id }) => !held.has(id)).map(({ name }) => name) ?? [];
  const add = (name: string) => {
    if (name.trim() !== "" && !adding.isPending) adding.mutate(name);
  };
  const failed = adding.error ?? removing.error;
  return (
    <Section title={t("panel.tags")}>
      {details.tags.length > 0 && (
        <ul className={styles.tags}>
          {details.tags.map(({ id, name }) => (
            <li key={id} className={styles.tag}>
              <bdi>{plainLine(name)}</bdi>
              <CloseButton
                size={20}
                iconSize={14}
                aria-label={t("panel.removeTag", { tag: plainLine(name) })}
                onClick={() => removing.mutate(id)}
              />
            </li>
          ))}
        </ul>
      )}
      <Autocomplete
        size="xs"
        aria-label={t("panel.addTag")}
        placeholder={t("panel.addTag")}
        data={free}
        limit={8}
        value={typed}
        onChange={setTyped}
        onOptionSubmit={add}
        maxLength={tagLimit}
        error={failed !== null && sentenceOf(failed)}
        onKeyDown={(event) => {
          // While an option is lit, Enter chooses it; else it takes what was typed.
          const lit = event.currentTarget.getAttribute("aria-activedescendant");
          if (event.key === "Enter" && !event.nativeEvent.isComposing && !lit) {
            event.preventDefault();
            add(typed);
          }
        }}
      />
    </Section>
  );
}
