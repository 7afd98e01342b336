import { Button, Group, List, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "@mantine/core/styles/List.layer.css";
import { refreshCustomers } from "../../live/refresh-customers.ts";
import { notify } from "../../ui/notices/notices.ts";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import type { DataSubject } from "./customer-data-actions.tsx";
import { eraseCustomer } from "./requests.ts";

/** Says what goes and what stays, and asks for the customer's code: nobody erases somebody by a slip of the hand. */
export function EraseDialog({ customer, onClose }: { customer: DataSubject; onClose: () => void }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const { id, name, reference } = customer;
  const [typed, setTyped] = useState("");
  const erasing = useMutation({
    mutationFn: () => eraseCustomer(id),
    onSuccess() {
      notify(t("customerData.erased"));
      refreshCustomers(null);
      onClose();
    },
  });
  const isConfirmed = typed.trim().toUpperCase() === reference;
  return (
    <Dialog title={t("customerData.title", { name })} size="lg" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isConfirmed) erasing.mutate();
        }}
      >
        <Text>{t("customerData.goes")}</Text>
        <List mb="sm">
          {(["who", "said", "files", "key"] as const).map((part) => (
            <List.Item key={part}>{t(`customerData.going.${part}`)}</List.Item>
          ))}
        </List>
        <Text>{t("customerData.stays")}</Text>
        <List mb="sm">
          {(["numbers", "team", "backups"] as const).map((part) => (
            <List.Item key={part}>{t(`customerData.staying.${part}`)}</List.Item>
          ))}
        </List>
        <Text fw={600} mb="sm">
          {t("customerData.forGood")}
        </Text>
        <TextInput
          label={t("customerData.confirm", { reference })}
          value={typed}
          maxLength={20}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {erasing.isError && <FailureAlert sentence={sentenceOf(erasing.error)} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" color="red.9" disabled={!isConfirmed} loading={erasing.isPending}>
            {t("customerData.eraseNow")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
