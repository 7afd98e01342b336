import { Button, Group } from "@mantine/core";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { latePart } from "../../ui/late/late-part.tsx";
import { DeleteIcon, DownloadIcon } from "../../ui/theme/icons.ts";
import { exportAddress } from "./requests.ts";

const EraseDialog = latePart(async () => (await import("./erase-dialog.tsx")).EraseDialog, {
  place: "dialog",
  close: ({ onClose }) => onClose(),
});

/** Of whom: how they are called, and the code that tells them from others of that name. */
export interface DataSubject {
  id: string;
  name: string;
  reference: string;
}

/** What an admin does when a customer asks for their data, or for its end. */
export function CustomerDataActions({ customer }: { customer: DataSubject }) {
  const { t } = useTranslation();
  const [erasing, setErasing] = useState(false);
  return (
    <Group gap="xs">
      <Button
        component="a"
        href={exportAddress(customer.id)}
        download
        variant="default"
        size="xs"
        leftSection={<DownloadIcon size={16} aria-hidden />}
        aria-label={t("customerData.exportOf", { reference: customer.reference })}
      >
        {t("customerData.export")}
      </Button>
      <Button
        variant="default"
        size="xs"
        leftSection={<DeleteIcon size={16} aria-hidden />}
        aria-label={t("customerData.eraseOf", { reference: customer.reference })}
        onClick={() => setErasing(true)}
      >
        {t("customerData.erase")}
      </Button>
      {erasing && (
        <Suspense>
          <EraseDialog customer={customer} onClose={() => setErasing(false)} />
        </Suspense>
      )}
    </Group>
  );
}
