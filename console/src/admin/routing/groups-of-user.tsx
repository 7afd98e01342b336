import { Checkbox, Loader, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../../ui/notices/notices.ts";
import styles from "../../ui/pages/page.module.css";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { groupsOfUserQuery, setGroupsOfUser } from "./requests.ts";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";

/** On a user's profile: the groups that they are in. Each tick is saved at once. */
export function GroupsOfUser({ userId }: { userId: string }) {
  const { t } = useTranslation(["routing", "console"]);
  const sentenceOf = useSentence();
  const heading = useId();
  const query = useQuery(groupsOfUserQuery(userId));
  const groups = query.data?.groups ?? [];
  const saving = useMutation({
    mutationFn: (groupIds: string[]) => setGroupsOfUser(userId, groupIds),
    onSuccess: () => notify(t("profile.saved")),
  });
  const failed = query.error ?? saving.error;
  function tick(groupId: string, isMember: boolean): void {
    const others = groups.filter(({ id, member }) => member && id !== groupId).map(({ id }) => id);
    saving.mutate(isMember ? [...others, groupId] : others);
  }
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <div>
        <Title order={2} size="h4" id={heading}>
          {t("profile.title")}
        </Title>
        <Text size="sm" c="dimmed">
          {t(query.isSuccess && groups.length === 0 ? "profile.none" : "profile.hint")}
        </Text>
      </div>
      {query.isPending && <Loader size="sm" aria-label={t("console:loading")} />}
      {failed !== null && <FailureAlert sentence={sentenceOf(failed)} onRetry={() => void query.refetch()} />}
      {groups.map(({ id, name, member }) => (
        <Checkbox
          key={id}
          label={plainLine(name)}
          checked={member}
          disabled={saving.isPending}
          onChange={(event) => tick(id, event.currentTarget.checked)}
        />
      ))}
    </section>
  );
}
