import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "../parts/banner.tsx";
import { reloadIfReachable } from "./release.ts";

/** Offers to reload this page of a former release, and keeps it while the server cannot be reached. */
export function ReloadOffer() {
  const { t } = useTranslation();
  const [state, setState] = useState<"offered" | "asking" | "unreachable">("offered");

  async function reload(): Promise<void> {
    setState("asking");
    if (!(await reloadIfReachable())) setState("unreachable");
  }

  return (
    <Banner sentence={t(state === "unreachable" ? "failures.unreachable" : "connection.reloadHint")}>
      <Button size="compact-sm" loading={state === "asking"} onClick={() => void reload()}>
        {t("connection.reload")}
      </Button>
    </Banner>
  );
}
