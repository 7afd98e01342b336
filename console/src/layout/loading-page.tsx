import { Center, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** A page that is on its way. */
export function LoadingPage() {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="100dvh">
      <Loader aria-label={t("loading")} />
    </Center>
  );
}
