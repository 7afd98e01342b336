import { languages } from "@grata/contract/languages";
import { nameLimit, quickReplyTextLimit } from "@grata/contract/limits";
import type { QuickReply } from "@grata/contract/quick-replies";
import { Button, Code, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type Scope, saveQuickReply } from "../chat/quick-replies/requests.ts";
import { fieldErrors, focusFirstWrong } from "../session/field-errors.ts";
import { notify } from "../ui/notices/notices.ts";
import { Dialog } from "../ui/parts/dialog.tsx";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { languageNames } from "../ui/texts/language-names.ts";
import { useSentence } from "../ui/texts/use-sentence.ts";
import styles from "./manager.module.css";

interface EditDialogProps {
  scope: Scope;
  /** Null: a new one. */
  quickReply: QuickReply | null;
  categories: readonly string[];
  onClose: () => void;
}

/** Name, category and texts of a quick reply. What was typed stays when the server refuses it. */
export function EditDialog({ scope, quickReply, categories, onClose }: EditDialogProps) {
  const { t } = useTranslation(["quickReplies", "console"]);
  const sentenceOf = useSentence();
  const listId = useId();
  const wrongId = useId();
  const { name = "", category = "", texts = {} } = quickReply ?? {};
  const form = useForm({
    initialValues: { name, category, texts: { en: "", "zh-Hans": "", "zh-Hant": "", ...texts } },
  });
  const saving = useMutation({
    mutationFn: () => saveQuickReply(scope, quickReply?.id ?? null, form.values),
    onSuccess(saved) {
      notify(t("form.saved", { name: plainLine(saved.name) }));
      onClose();
    },
    onError(error) {
      form.setErrors(fieldErrors(error));
      focusFirstWrong(["name", "category", "texts"], error);
    },
  });
  const wrong = fieldErrors(saving.error);
  return (
    <Dialog title={quickReply === null ? t("form.new") : t("form.change")} size="lg" onClose={onClose}>
      <form noValidate onSubmit={form.onSubmit(() => saving.mutate())}>
        <Stack>
          {saving.isError && Object.keys(wrong).length === 0 && (
            <FailureAlert sentence={sentenceOf(saving.error)} />
          )}
          <TextInput
            {...form.getInputProps("name")}
            label={t("name")}
            description={t("form.nameHint")}
            name="name"
            maxLength={nameLimit}
            autoComplete="off"
            required
            withAsterisk={false}
            data-autofocus
          />
          <TextInput
            {...form.getInputProps("category")}
            label={t("category")}
            description={t("form.categoryHint")}
            name="category"
            maxLength={nameLimit}
            autoComplete="off"
            list={listId}
          />
          <datalist id={listId}>
            {categories.map((known) => (
              <option key={known} value={known} />
            ))}
          </datalist>
          <fieldset className={styles.texts} aria-describedby={wrong.texts && wrongId}>
            <legend className={styles.legend}>{t("form.texts")}</legend>
            <Text size="sm" c="dimmed">
              {t("form.textsHint")}
            </Text>
            <div className={styles.variables}>
              <span>
                <Code>$agentname</Code> {t("form.agentname")}
              </span>
              <span>
                <Code>$username</Code> {t("form.username")}
              </span>
            </div>
            {wrong.texts && (
              <p className={styles.wrong} id={wrongId} role="alert">
                {wrong.texts}
              </p>
            )}
            {languages.map((language, index) => (
              <Textarea
                key={language}
                {...form.getInputProps(`texts.${language}`)}
                // The server speaks of the texts as a whole; the first of them gets the cursor.
                name={index === 0 ? "texts" : `texts.${language}`}
                label={<span lang={language}>{languageNames[language]}</span>}
                lang={language}
                dir="auto"
                maxLength={quickReplyTextLimit}
                autosize
                minRows={2}
                maxRows={8}
              />
            ))}
          </fieldset>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("console:cancel")}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {t("form.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
