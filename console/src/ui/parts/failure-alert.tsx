import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { WarningIcon } from "../theme/icons.ts";

interface FailureAlertProps {
  sentence: string;
  /** Offers a button that tries the same again. */
  onRetry?: () => void;
}

/** Says at once, to eyes and to screen readers, what went wrong. */
export function FailureAlert({ sentence, onRetry }: FailureAlertProps) {
  const { t } = useTranslation();
  return (
    <Alert role="alert" variant="light" color="red" icon={<WarningIcon aria-hidden />}>
      {sentence}
      {onRetry !== undefined && (
        <Button mt="sm" size="xs" variant="default" display="block" onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </Alert>
  );
}
