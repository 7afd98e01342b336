import { useTranslation } from "react-i18next";
import { FactorSettings } from "../account/factors/factor-settings.tsx";
import { OwnPage } from "./own-page.tsx";

/** Two-step sign-in: the app, the passkeys, the recovery codes. */
export function SecondFactorPage() {
  const { t } = useTranslation();
  return (
    <OwnPage title={t("factors.title")} lead={t("factors.lead")}>
      <FactorSettings />
    </OwnPage>
  );
}
