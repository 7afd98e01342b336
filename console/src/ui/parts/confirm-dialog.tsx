import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFocusReturn } from "./focus-return.ts";

interface ConfirmDialogProps {
  title: string;
  /** What the button that goes on says. */
  action: string;
  /** What the button says that keeps everything as it is, where "Cancel" could be taken for the action. */
  keep?: string;
  /** Nothing is lost by it. */
  harmless?: boolean;
  pending: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/**
 * Asks before something is done that others feel. Escape and the first button keep everything as it is. A click beside
 * it is no answer: it may be the second half of the double click that brought it.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  useFocusReturn();
  return (
    <Modal.Root opened onClose={props.onCancel} closeOnClickOutside={false} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <Stack>
            <Modal.Title fw={600}>{props.title}</Modal.Title>
            {props.children}
            <Group justify="flex-end">
              <Button variant="default" onClick={props.onCancel} data-autofocus>
                {props.keep ?? t("cancel")}
              </Button>
              <Button
                {...(!props.harmless && { color: "red.9" })}
                loading={props.pending}
                onClick={props.onConfirm}
              >
                {props.action}
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
