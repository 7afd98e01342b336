import type { Routing, RoutingRule } from "@grata/contract/routing";
import type { UserGroup } from "@grata/contract/user-groups";
import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queryClient } from "../../session/session-query.ts";
import { notify } from "../../ui/notices/notices.ts";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { routingQuery, saveRouting } from "./requests.ts";
import { RulesSection } from "./rules-section.tsx";
import { TrySection } from "./try-section.tsx";
import { VisibilitySection } from "./visibility-section.tsx";

interface RoutingFormProps {
  groups: readonly UserGroup[];
  routing: Routing;
}

/** The routing settings that an admin edits, without their version. */
export type RoutingDraft = Pick<Routing, "rules" | "overflowMinutes" | "groupsSeeEverybody">;

/**
 * The rules as they are being changed: nothing counts before it is saved. If somebody else has saved meanwhile, what was
 * done here stays on screen.
 */
export function RoutingForm({ groups, routing }: RoutingFormProps) {
  const { t } = useTranslation("routing");
  const sentenceOf = useSentence();
  const [draft, setDraft] = useState<RoutingDraft | null>(null);
  const shown = draft ?? settingsOf(routing);
  const saving = useMutation({
    mutationFn: () => saveRouting({ ...shown, version: routing.version }),
    onSuccess() {
      setDraft(null);
      notify(t("rules.saved"));
    },
    // The next try is on top of what is there then.
    onError: () => queryClient.invalidateQueries({ queryKey: routingQuery.queryKey }),
  });
  const change = (part: Partial<RoutingDraft>) => setDraft({ ...shown, ...part });
  const changeRules = (rules: RoutingRule[]) => change({ rules });
  function discard(): void {
    saving.reset();
    setDraft(null);
  }
  return (
    <>
      <RulesSection
        groups={groups}
        rules={shown.rules}
        findings={draft === null ? routing.findings : {}}
        onChange={changeRules}
      />
      <VisibilitySection settings={shown} onChange={change} />
      {saving.isError && <FailureAlert sentence={sentenceOf(saving.error)} />}
      <Group>
        <Button loading={saving.isPending} disabled={draft === null} onClick={() => saving.mutate()}>
          {t("rules.save")}
        </Button>
        {draft !== null && (
          <>
            <Button variant="default" onClick={discard}>
              {t(saving.isError ? "rules.theirs" : "rules.discard")}
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {t("rules.unsaved")}
            </Text>
          </>
        )}
      </Group>
      <TrySection groups={groups} rules={shown.rules} />
    </>
  );
}

const settingsOf = ({ rules, overflowMinutes, groupsSeeEverybody }: Routing): RoutingDraft => ({
  rules,
  overflowMinutes,
  groupsSeeEverybody,
});
