import { Modal, SegmentedControl, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AddManyForm } from "./add-many-form.tsx";
import { AddOneForm } from "./add-one-form.tsx";

/** Invites somebody, or several people at once. */
export function AddAgentsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<"one" | "many">("one");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("team.form.title")}
      closeButtonProps={{ "aria-label": t("team.form.close") }}
      size="lg"
      // What was typed is not lost by a click beside the form.
      closeOnClickOutside={false}
    >
      <Stack>
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
      </Stack>
    </Modal>
  );
}
