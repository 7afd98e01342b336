import { RequestFailed } from "@grata/client/failures";
import { Alert, Anchor, Code, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";

interface LinkRefusedProps {
  error: unknown;
  onRetry: () => void;
}

/** Says why this link does not lead to the form, and what to do next. */
export function LinkRefused({ error, onRetry }: LinkRefusedProps) {
  const { t } = useTranslation();
  const { t: errorSentence } = useTranslation("errors");
  const sentenceOf = useSentence();
  const code = error instanceof RequestFailed ? error.failure.code : null;
  switch (code) {
    case "set_up_done":
      return (
        <Stack>
          <Alert role="status" color="ink">
            {sentenceOf(error)}
          </Alert>
          <Anchor component={Link} to="/sign-in">
            {t("signIn.title")}
          </Anchor>
        </Stack>
      );
    case "set_up_link_invalid":
    case "request_invalid":
      return (
        <Stack>
          <Alert role="alert" color="red">
            {errorSentence("set_up_link_invalid")}
          </Alert>
          <Text>{t("setUp.findLink")}</Text>
          <Code block>npm start</Code>
        </Stack>
      );
    default:
      return <FailureAlert sentence={sentenceOf(error)} onRetry={onRetry} />;
  }
}
