import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PopUpPermission } from "../notifications/attention/pop-up-permission.ts";
import { PopUpIcon } from "../ui/theme/icons.ts";
import { Advice } from "./advice.tsx";

interface PermissionBodyProps {
  permission: PopUpPermission;
  ask: () => Promise<void>;
}

/** Asks the browser for pop-ups, or says how to change what it was told. */
export function PermissionBody({ permission, ask }: PermissionBodyProps) {
  const { t } = useTranslation();
  const texts = useTranslation("consoleTest").t;
  switch (permission) {
    case "granted":
      return null;
    case "default":
      return (
        <Button size="xs" leftSection={<PopUpIcon size={16} aria-hidden />} onClick={() => void ask()}>
          {t("attention.step.allow")}
        </Button>
      );
    case "denied":
      return <Advice lines={[texts("refused.chrome"), texts("refused.firefox"), texts("refused.then")]} />;
    case "unavailable":
      return <Advice lines={[t("settings.permission.unavailable")]} />;
  }
}
