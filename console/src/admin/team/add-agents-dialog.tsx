import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { AddManyForm } from "./add-many-form.tsx";
import { AddOneForm } from "./add-one-form.tsx";

/** Invites somebody, or several people at once. */
export function AddAgentsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<"one" | "many">("one");
  return (
    <Dialog title={t("team.form.title")} size="lg" onClose={onClose}>
      <SegmentedControl
        aria-label={t("team.form.title")}
        value={way}
        onChange={setWay}
        data={[
          { value: "one", label: t("team.form.one") },
          { value: "many", label: t("team.form.many") },
        ]}
      />
      {way === "one" ? <AddOneForm onDone={onClose} /> : <AddManyForm onDone={onClose} />}
    </Dialog>
  );
}
