import { type CustomField, customFieldsLimit } from "@grata/contract/customers";
import { ActionIcon, Button, Group, Loader, Menu, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import listStyles from "../../ui/pages/list.module.css";
import styles from "../../ui/pages/page.module.css";
import { ConfirmDialog } from "../../ui/parts/confirm-dialog.tsx";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { FieldsIcon, WrenchIcon } from "../../ui/theme/icons.ts";
import { FieldDialog } from "./field-dialog.tsx";
import { deleteField, fieldsQuery } from "./requests.ts";

/** Customers > Custom fields: what else the team is asked to note of every customer. */
export function FieldsPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const list = useQuery(fieldsQuery);
  const [editing, setEditing] = useState<CustomField | "new" | null>(null);
  const [deleting, setDeleting] = useState<CustomField | null>(null);
  const fields = list.data?.fields ?? [];
  return (
    <div className={`${styles.page} ${styles.narrow}`}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {t("customFields.title")}
          </Title>
          <Text c="dimmed">{t("customFields.lead", { count: customFieldsLimit })}</Text>
        </div>
        <Button disabled={fields.length >= customFieldsLimit} onClick={() => setEditing("new")}>
          {t("customFields.add")}
        </Button>
      </Group>
      {list.isPending && <Loader aria-label={t("loading")} />}
      {list.isError && <FailureAlert sentence={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {fields.length > 0 && (
        <ul className={listStyles.list}>
          {fields.map((field) => (
            <li key={field.id} className={listStyles.item}>
              <span className={listStyles.name}>
                <bdi>{plainLine(field.name)}</bdi>
                <span className={listStyles.more}>
                  {t(`customFields.kinds.${field.kind}`)}
                  {field.choices.length > 0 && `: ${field.choices.map(plainLine).join(", ")}`}
                </span>
              </span>
              <Menu position="bottom-end" shadow="md">
                <Menu.Target>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={36}
                    aria-label={t("team.actionsOf", { name: plainLine(field.name) })}
                  >
                    <WrenchIcon size={18} aria-hidden />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => setEditing(field)}>{t("customFields.change")}</Menu.Item>
                  <Menu.Item onClick={() => setDeleting(field)}>{t("customFields.delete.action")}</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </li>
          ))}
        </ul>
      )}
      {list.isSuccess && fields.length === 0 && (
        <EmptyView icon={FieldsIcon} title={t("customFields.none")} hint={t("customFields.noneHint")} />
      )}
      {editing !== null && (
        <FieldDialog field={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
      {deleting !== null && <DeleteDialog field={deleting} onClose={() => setDeleting(null)} />}
    </div>
  );
}

function DeleteDialog({ field, onClose }: { field: CustomField; onClose: () => void }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const deleting = useMutation({ mutationFn: () => deleteField(field.id), onSuccess: onClose });
  return (
    <ConfirmDialog
      title={t("customFields.delete.title", { name: plainLine(field.name) })}
      action={t("customFields.delete.action")}
      pending={deleting.isPending}
      onConfirm={() => deleting.mutate()}
      onCancel={onClose}
    >
      <Text>{t("customFields.delete.hint")}</Text>
      {deleting.isError && <FailureAlert sentence={sentenceOf(deleting.error)} />}
    </ConfirmDialog>
  );
}
