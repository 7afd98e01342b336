import { RequestFailed } from "@grata/client/failures";
import { Title } from "@mantine/core";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ServerUnreachable } from "../session/http.ts";
import { useSentence } from "../session/use-sentence.ts";
import { Entrance } from "./entrance.tsx";
import { FailureAlert } from "./failure-alert.tsx";

/** A page that could not be shown: why, and another attempt. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const sentenceOf = useSentence();
  const expected = error instanceof RequestFailed || error instanceof ServerUnreachable;
  return (
    <Entrance title={t("failures.page")}>
      <Title order={1} size="h3" mb="md">
        {t("failures.page")}
      </Title>
      {expected ? (
        <FailureAlert sentence={sentenceOf(error)} onRetry={() => void router.invalidate()} />
      ) : (
        <FailureAlert sentence={t("failures.unexpected")} onRetry={() => window.location.reload()} />
      )}
    </Entrance>
  );
}
