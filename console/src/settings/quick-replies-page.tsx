import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Manager } from "../quick-replies/manager.tsx";
import { OwnPage } from "./own-page.tsx";

/** My quick replies: those that only this user sees. */
export function OwnQuickRepliesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/console/quick-replies" });
  return (
    <OwnPage title={t("quickReplies.own")} lead={t("quickReplies.ownLead")}>
      <Manager
        scope="own"
        search={search}
        onSearch={(wanted) => void navigate({ to: "/console/quick-replies", search: wanted, replace: true })}
      />
    </OwnPage>
  );
}
