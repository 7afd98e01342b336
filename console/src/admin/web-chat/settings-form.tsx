import { type Language, languages } from "@grata/contract/languages";
import { nameLimit } from "@grata/contract/limits";
import { type WebChatSettings, wordingLimit } from "@grata/contract/web-chat";
import {
  Button,
  Checkbox,
  Group,
  Input,
  SegmentedControl,
  Text,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import { fieldErrors } from "../../session/field-errors.ts";
import { notify } from "../../ui/notices/notices.ts";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { languageNames } from "../../ui/texts/language-names.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { saveWebChat } from "./requests.ts";
import styles from "./web-chat.module.css";

interface SettingsFormProps {
  webChatId: string;
  form: UseFormReturnType<WebChatSettings>;
  /** Whose texts are shown. */
  language: Language;
  onLanguage: (language: Language) => void;
}

/** Everything that can be set of a web chat. What was typed stays when the server refuses it. */
export function SettingsForm({ webChatId, form, language, onLanguage }: SettingsFormProps) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [origins, setOrigins] = useState(form.values.allowedOrigins.join("\n"));
  const saving = useMutation({
    mutationFn: (settings: WebChatSettings) => saveWebChat(webChatId, settings),
    onSuccess({ settings }) {
      form.setValues(settings);
      setOrigins(settings.allowedOrigins.join("\n"));
      notify(t("webChat.saved"));
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const words = (key: "title" | "greeting" | "offline") => ({
    ...form.getInputProps(`texts.${language}.${key}`),
    maxLength: wordingLimit,
    dir: "auto" as const,
  });
  return (
    <form
      className={styles.card}
      noValidate
      onSubmit={form.onSubmit((values) => saving.mutate({ ...values, allowedOrigins: linesOf(origins) }))}
    >
      {saving.isError && <FailureAlert sentence={sentenceOf(saving.error)} />}
      <TextInput
        {...form.getInputProps("name")}
        label={t("webChat.name")}
        description={t("webChat.nameHint")}
        maxLength={nameLimit}
      />
      <Textarea
        label={t("webChat.origins")}
        description={t("webChat.originsHint")}
        error={form.errors.allowedOrigins}
        value={origins}
        onChange={(event) => setOrigins(event.currentTarget.value)}
        rows={3}
        spellCheck={false}
      />
      <TextInput
        {...form.getInputProps("colour")}
        label={t("webChat.colour")}
        description={t("webChat.colourHint")}
        spellCheck={false}
        rightSection={
          <input
            type="color"
            className={styles.picker}
            aria-label={t("webChat.colourPick")}
            value={/^#[\da-f]{6}$/i.test(form.values.colour) ? form.values.colour : "#808080"}
            onChange={(event) => form.setFieldValue("colour", event.currentTarget.value)}
          />
        }
      />
      <Input.Wrapper label={t("webChat.position")} labelElement="div">
        <SegmentedControl
          {...form.getInputProps("position")}
          aria-label={t("webChat.position")}
          display="flex"
          w="fit-content"
          data={[
            { value: "left", label: t("webChat.left") },
            { value: "right", label: t("webChat.right") },
          ]}
        />
      </Input.Wrapper>
      <Checkbox
        {...form.getInputProps("launcher", { type: "checkbox" })}
        label={t("webChat.launcher")}
        description={t("webChat.launcherHint")}
      />
      <Title order={2} size="h4">
        {t("webChat.texts")}
      </Title>
      <Text c="dimmed">{t("webChat.textsHint")}</Text>
      <SegmentedControl
        aria-label={t("webChat.language")}
        value={language}
        onChange={onLanguage}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
      <TextInput key={`title ${language}`} {...words("title")} label={t("webChat.windowTitle")} />
      <Textarea key={`greeting ${language}`} {...words("greeting")} label={t("webChat.greeting")} rows={2} />
      <Textarea key={`offline ${language}`} {...words("offline")} label={t("webChat.offline")} rows={2} />
      <Group>
        <Button type="submit" loading={saving.isPending}>
          {t("webChat.save")}
        </Button>
      </Group>
    </form>
  );
}

function linesOf(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
