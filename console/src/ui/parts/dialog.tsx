import { Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useFocusReturn } from "./focus-return.ts";

interface DialogProps {
  title: string;
  opened?: boolean;
  size?: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A box over the page. Escape closes it; a click beside it does not, as it would take what was typed. The title stands
 * in the body, because Mantine's head of a dialog says that it is the banner of the page.
 */
export function Dialog({ title, opened = true, size = "md", onClose, children }: DialogProps) {
  useFocusReturn();
  return (
    <Modal.Root opened={opened} onClose={onClose} closeOnClickOutside={false} size={size} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <Stack>
            <Modal.Title fw={600}>{title}</Modal.Title>
            {children}
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
