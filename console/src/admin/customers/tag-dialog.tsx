import { tagLimit } from "@grata/contract/limits";
import { Button, Group, Select, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { deleteTag, mergeTags, renameTag } from "./requests.ts";
import "@mantine/core/styles/Combobox.layer.css";
import type { ListedTag, TagAction } from "./tags-page.tsx";

interface TagDialogProps {
  tag: ListedTag;
  action: TagAction;
  tags: readonly ListedTag[];
  onClose: () => void;
}

/** Says what will happen to a tag, and does it. */
export function TagDialog({ tag, action, tags, onClose }: TagDialogProps) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [name, setName] = useState(tag.name);
  const [into, setInto] = useState<string | null>(null);
  const doing = useMutation({
    async mutationFn() {
      if (action === "rename") await renameTag(tag.id, name);
      else if (action === "merge") await mergeTags(tag.id, into ?? "");
      else await deleteTag(tag.id);
    },
    onSuccess: onClose,
  });
  const error = doing.isError && sentenceOf(doing.error);
  return (
    <Dialog title={t(`tags.${action}.title`, { name: plainLine(tag.name) })} onClose={onClose}>
      <form
        noValidate
        style={{ display: "grid", gap: "1rem" }}
        onSubmit={(event) => {
          event.preventDefault();
          doing.mutate();
        }}
      >
        <Text>{t(`tags.${action}.hint`, { count: tag.customers })}</Text>
        {action === "rename" && (
          <TextInput
            label={t("tags.name")}
            value={name}
            maxLength={tagLimit}
            error={error}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        {action === "merge" && (
          <Select
            label={t("tags.merge.into")}
            searchable
            data={tags.filter(({ id }) => id !== tag.id).map(({ id, name: label }) => ({ value: id, label }))}
            value={into}
            onChange={setInto}
            error={error}
            data-autofocus
          />
        )}
        {action === "delete" && error !== false && (
          <Text c="red" role="alert">
            {error}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            type="submit"
            loading={doing.isPending}
            disabled={action === "merge" && into === null}
            {...(action !== "rename" && { color: "red.9" })}
          >
            {t(`tags.${action}.action`)}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
