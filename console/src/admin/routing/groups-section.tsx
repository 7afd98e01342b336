import type { UserGroup } from "@grata/contract/user-groups";
import { Button, Text, Title } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import listStyles from "../../ui/pages/list.module.css";
import styles from "../../ui/pages/page.module.css";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { TeamIcon } from "../../ui/theme/icons.ts";
import { DeleteGroupDialog } from "./delete-group-dialog.tsx";
import { GroupDialog } from "./group-dialog.tsx";

type Shown = { kind: "edit"; group: UserGroup | null } | { kind: "delete"; group: UserGroup } | null;

/** The user groups: who is in each, who of them is there, and how many chats wait. */
export function GroupsSection({ groups }: { groups: readonly UserGroup[] }) {
  const { t } = useTranslation("routing");
  const [shown, setShown] = useState<Shown>(null);
  const heading = useId();
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <div>
        <Title order={2} size="h4" id={heading}>
          {t("groups.title")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("groups.hint")}
        </Text>
      </div>
      {groups.length === 0 ? (
        <EmptyView icon={TeamIcon} title={t("groups.none")} hint={t("groups.noneHint")} />
      ) : (
        <ul className={listStyles.list}>
          {groups.map((group) => (
            <li key={group.id} className={listStyles.item} data-wraps>
              <GroupName group={group} />
              <Button
                variant="default"
                size="xs"
                aria-label={t("groups.changeOf", { name: plainLine(group.name) })}
                onClick={() => setShown({ kind: "edit", group })}
              >
                {t("groups.change")}
              </Button>
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                aria-label={t("groups.deleteOf", { name: plainLine(group.name) })}
                onClick={() => setShown({ kind: "delete", group })}
              >
                {t("groups.delete")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button variant="default" w="fit-content" onClick={() => setShown({ kind: "edit", group: null })}>
        {t("groups.new")}
      </Button>
      {shown?.kind === "edit" && <GroupDialog group={shown.group} onClose={() => setShown(null)} />}
      {shown?.kind === "delete" && <DeleteGroupDialog group={shown.group} onClose={() => setShown(null)} />}
    </section>
  );
}

function GroupName({ group: { name, members, present, waiting } }: { group: UserGroup }) {
  const { t } = useTranslation("routing");
  return (
    <span className={listStyles.name}>
      <bdi>{plainLine(name)}</bdi>
      <span className={listStyles.more}>
        {members.length === 0
          ? t("groups.empty")
          : t("groups.state", { members: members.length, present, waiting })}
      </span>
    </span>
  );
}
