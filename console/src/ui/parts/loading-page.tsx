import { Center, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** A page, or the part of one inside its landmarks, that is on its way. */
export function LoadingPage() {
  const { t } = useTranslation();
  return (
    <Center mih="50dvh">
      <Loader aria-label={t("loading")} />
    </Center>
  );
}
