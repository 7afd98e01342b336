import { FileNotLoaded } from "@grata/client/browser/late-files";
import { RequestFailed } from "@grata/client/failures";
import { Title } from "@mantine/core";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ServerUnreachable } from "../../session/http.ts";
import { Entrance } from "../../ui/entrance/entrance.tsx";
import { reloadIfReachable } from "../../ui/late/release.ts";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";

const expectedErrors = [RequestFailed, ServerUnreachable, FileNotLoaded];

/** A page that could not be shown: why, and another attempt. It is left only for a server that answers. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const sentenceOf = useSentence();
  const [unreachable, setUnreachable] = useState(false);
  const expected = expectedErrors.some((kind) => error instanceof kind);
  return (
    <Entrance title={t("failures.page")}>
      <Title order={1} size="h3" mb="md">
        {t("failures.page")}
      </Title>
      {expected ? (
        <FailureAlert sentence={sentenceOf(error)} onRetry={() => void router.invalidate()} />
      ) : (
        <FailureAlert
          sentence={t(unreachable ? "failures.unreachable" : "failures.unexpected")}
          onRetry={() => void reloadIfReachable().then((reloads) => setUnreachable(!reloads))}
        />
      )}
    </Entrance>
  );
}
