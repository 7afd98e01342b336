import { RequestFailed } from "@grata/client/failures";
import { useTranslation } from "react-i18next";

/** Tells what went wrong in a sentence for the reader: the server's own where it gave one. */
export function useSentence(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => (error instanceof RequestFailed ? error.failure.message : t("failures.unreachable"));
}
