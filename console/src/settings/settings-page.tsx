import type { OwnSettings, SignedInUser } from "@grata/contract/http";
import { languages } from "@grata/contract/languages";
import { NativeSelect, Radio, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Radio.layer.css";
import { TestSettings } from "../console-test/test-settings.tsx";
import { useLive } from "../live/live-provider.tsx";
import { queryClient, sessionQuery } from "../session/session-query.ts";
import { changeOwnSettings } from "../session/session-requests.ts";
import { useOwnLanguage } from "../session/use-own-language.ts";
import { notify } from "../ui/notices/notices.ts";
import { languageNames } from "../ui/texts/language-names.ts";
import { useSentence } from "../ui/texts/use-sentence.ts";
import { formatMoment } from "../ui/time/formats.ts";
import { TimeZoneSelect } from "../ui/time/time-zone-select.tsx";
import { useLocale } from "../ui/time/use-locale.ts";
import { AttentionSettings } from "./attention-settings.tsx";
import styles from "./own-page.module.css";
import { OwnPage } from "./own-page.tsx";
import { ShortcutSettings } from "./shortcut-settings.tsx";

const preferences = ["all", "away"] as const;

/** My Settings: each is kept as soon as it is chosen. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  return (
    <OwnPage title={t("settings.title")} lead={t("settings.lead")}>
      {session && <Settings session={session} />}
    </OwnPage>
  );
}

function Settings({ session: { user, organisation } }: { session: SignedInUser }) {
  const { t } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const switchLanguage = useOwnLanguage();
  const keeping = useMutation({
    mutationFn: (settings: OwnSettings) => changeOwnSettings(settings),
    onSuccess(session) {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      notify(t("settings.saved"));
    },
    onError: (error) => notify(sentenceOf(error)),
  });
  // What was chosen shows at once, and goes back when it could not be kept.
  const shown = keeping.isPending ? { ...user, ...keeping.variables } : user;
  return (
    <div className={styles.card}>
      <NativeSelect
        label={t("language.label")}
        value={user.language}
        onChange={(event) => {
          const wanted = languages.find((known) => known === event.currentTarget.value);
          if (wanted !== undefined) switchLanguage(wanted);
        }}
      >
        {languages.map((known) => (
          <option key={known} value={known} lang={known}>
            {languageNames[known]}
          </option>
        ))}
      </NativeSelect>
      <TimeZoneSelect
        label={t("settings.timeZone")}
        description={t("settings.timeZoneHint", { time: formatMoment(now(), now(), locale) })}
        value={shown.timeZone}
        otherwise={t("settings.organisationZone", { zone: organisation.timeZone })}
        onChoose={(timeZone) => keeping.mutate({ timeZone })}
      />
      <Radio.Group
        label={t("settings.notifications")}
        value={shown.notifications}
        onChange={(value) => {
          const wanted = preferences.find((known) => known === value);
          if (wanted !== undefined) keeping.mutate({ notifications: wanted });
        }}
      >
        <Stack gap="xs" mt="xs">
          {preferences.map((known) => (
            <Radio
              key={known}
              value={known}
              label={t(`settings.${known}`)}
              description={t(`settings.${known}Hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <AttentionSettings userId={user.id} />
      <TestSettings userId={user.id} />
      <ShortcutSettings />
    </div>
  );
}
