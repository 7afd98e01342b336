import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { TeamList } from "./team-list.tsx";

/** The team where the bar has no room for it: on a phone, and by the command bar. */
export function TeamDialog({ userId, onClose }: { userId: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened onClose={onClose} size="sm" returnFocus={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={t("presence.title")}>
        <Modal.Body p={0}>
          <TeamList userId={userId} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
