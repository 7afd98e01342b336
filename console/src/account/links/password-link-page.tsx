import type { LinkState, PasswordByLink } from "@grata/contract/account";
import { Alert, Anchor, Center, Loader, Stack, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Entrance } from "../../ui/entrance/entrance.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { type DeadPurpose, type DeadState, deadSentences, deadStateOf } from "./dead-link.ts";
import { PasswordByLinkForm } from "./password-by-link-form.tsx";
import { useLinkToken } from "./use-link-token.ts";

interface PasswordLinkPageProps<Answer> {
  purpose: DeadPurpose;
  check: (token: string) => Promise<LinkState>;
  send: (body: PasswordByLink) => Promise<Answer>;
  onDone: (answer: Answer) => Promise<void>;
  /** What helps somebody whose link does not work. */
  remedy?: ReactNode;
}

/** Where a one-time link leads: a new password, or the reason why the link does not work and what to do next. */
export function PasswordLinkPage<Answer>(props: PasswordLinkPageProps<Answer>) {
  const { purpose } = props;
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const { token, drop } = useLinkToken(purpose);
  const check = useQuery({ queryKey: [purpose, token], queryFn: () => props.check(token), gcTime: 0 });
  const sending = useMutation({
    mutationFn: (password: string) => props.send({ token, password }),
    onSuccess: async (answer) => {
      drop();
      await props.onDone(answer);
    },
  });
  const dead = deadStateOf(purpose, check.data, sending.error);
  const title = t(`${purpose}.title`);
  return (
    <Entrance title={title}>
      <Stack gap="lg">
        <Title order={1} size="h2">
          {title}
        </Title>
        {check.isPending && (
          <Center mih="10rem">
            <Loader aria-label={t("loading")} />
          </Center>
        )}
        {check.isError && (
          <FailureAlert sentence={sentenceOf(check.error)} onRetry={() => void check.refetch()} />
        )}
        {dead !== null && <DeadLink purpose={purpose} state={dead} remedy={props.remedy} />}
        {dead === null && check.data?.state === "valid" && (
          <PasswordByLinkForm purpose={purpose} link={check.data} sending={sending} />
        )}
      </Stack>
    </Entrance>
  );
}

function DeadLink({ purpose, state, remedy }: { purpose: DeadPurpose; state: DeadState; remedy: ReactNode }) {
  const { t } = useTranslation();
  const { t: errorSentence } = useTranslation("errors");
  return (
    <>
      <Alert role="alert" variant="light" color={state === "used" ? "ink" : "red"}>
        {errorSentence(deadSentences[purpose][state])}
      </Alert>
      {remedy}
      <Anchor component={Link} to="/sign-in">
        {t("recover.back")}
      </Anchor>
    </>
  );
}
