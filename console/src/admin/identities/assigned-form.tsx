import { identityWorlds } from "@grata/contract/shown-as";
import type { TeamUser } from "@grata/contract/team";
import { Button, Group, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "../../session/field-errors.ts";
import { notify } from "../../ui/notices/notices.ts";
import styles from "../../ui/pages/page.module.css";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import own from "./identities.module.css";
import { RemoteSelect } from "./remote-select.tsx";
import { assignIdentities, findAssignable } from "./requests.ts";

/** Under which identity customers see a user: one on web chats, one on WeChat. */
export function AssignedForm({ user }: { user: TeamUser }) {
  const { t } = useTranslation("identities");
  const sentenceOf = useSentence();
  const [chosen, setChosen] = useState({
    webchat: user.identities.webchat ?? null,
    wechat: user.identities.wechat ?? null,
  });
  const saving = useMutation({
    mutationFn: () =>
      assignIdentities(user.id, { webchat: chosen.webchat?.id ?? null, wechat: chosen.wechat?.id ?? null }),
    onSuccess: () => notify(t("assigned")),
  });
  const wrong = fieldErrors(saving.error);
  return (
    <form
      className={styles.card}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <div>
        <Title order={2} size="h4">
          {t("title")}
        </Title>
        <Text c="dimmed" size="sm">
          {t("assignHint")}{" "}
          <Link className={own.link} to="/console/admin/agent-identities">
            {t("toPage")}
          </Link>
        </Text>
      </div>
      {saving.isError && Object.keys(wrong).length === 0 && (
        <FailureAlert sentence={sentenceOf(saving.error)} />
      )}
      {identityWorlds.map((world) => (
        <RemoteSelect
          key={world}
          label={t(`worlds.${world}`)}
          none={t("noneAssigned")}
          chosen={chosen[world]}
          error={wrong[world]}
          searchKey={["agent-identities", "assignable", world, user.id]}
          search={async (text) =>
            (await findAssignable(world, user.id, text)).map(({ id, names }) => ({
              id,
              name: names[0]?.name ?? "",
            }))
          }
          onChoose={(identity) => setChosen((before) => ({ ...before, [world]: identity }))}
        />
      ))}
      <Group>
        <Button type="submit" loading={saving.isPending}>
          {t("assign")}
        </Button>
      </Group>
    </form>
  );
}
