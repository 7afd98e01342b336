import { Button, Input, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { FoundCustomer } from "../customers/found-customer.tsx";
import { customerQuery, searchQuery } from "../customers/requests.ts";
import { Dialog } from "../ui/parts/dialog.tsx";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { useSentence } from "../ui/texts/use-sentence.ts";
import styles from "./history-filters.module.css";

interface CustomerFilterProps {
  customerId: string | null;
  /** Null: all of them. */
  onChoose: (customerId: string | null) => void;
}

/** Whose chats are shown; a press opens the search for somebody. */
export function CustomerFilter({ customerId, onChoose }: CustomerFilterProps) {
  const { t } = useTranslation("history");
  const [choosing, setChoosing] = useState(false);
  const label = useId();
  const chosen = useId();
  return (
    <Input.Wrapper label={t("customer")} labelElement="div" labelProps={{ id: label }}>
      <Button
        variant="default"
        fullWidth
        justify="flex-start"
        fw={400}
        aria-labelledby={`${label} ${chosen}`}
        onClick={() => setChoosing(true)}
      >
        <span id={chosen} className={styles.chosen}>
          {customerId === null ? t("everyCustomer") : <ChosenName customerId={customerId} />}
        </span>
      </Button>
      {choosing && (
        <ChooseDialog
          onClose={() => setChoosing(false)}
          onChoose={(wanted) => {
            setChoosing(false);
            onChoose(wanted);
          }}
        />
      )}
    </Input.Wrapper>
  );
}

function ChosenName({ customerId }: { customerId: string }) {
  const { t } = useTranslation("history");
  const { t: common } = useTranslation();
  const { data } = useQuery(customerQuery(customerId));
  if (data === undefined) return t("chosenCustomer");
  const name = plainLine(data.teamName ?? data.ownName ?? "");
  return <bdi>{name || common("customer.visitor", { reference: data.reference })}</bdi>;
}

function ChooseDialog({
  onChoose,
  onClose,
}: {
  onChoose: (customerId: string | null) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("history");
  const { t: common } = useTranslation();
  const sentenceOf = useSentence();
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  const found = useQuery({ ...searchQuery(wanted), enabled: wanted !== "" });
  const customers = wanted === "" ? [] : (found.data?.customers ?? []);
  return (
    <Dialog title={t("chooseCustomer")} onClose={onClose}>
      <TextInput
        label={t("customerSearch")}
        type="search"
        value={search}
        maxLength={200}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {found.isError && (
        <FailureAlert sentence={sentenceOf(found.error)} onRetry={() => void found.refetch()} />
      )}
      <ul className={styles.found}>
        <li>
          <UnstyledButton className={styles.choice} onClick={() => onChoose(null)}>
            {t("everyCustomer")}
          </UnstyledButton>
        </li>
        {customers.map((customer) => (
          <li key={customer.id}>
            <UnstyledButton className={styles.choice} onClick={() => onChoose(customer.id)}>
              <FoundCustomer customer={customer} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {wanted !== "" && found.isSuccess && customers.length === 0 && (
        <Text c="dimmed" role="status">
          {t("nobody")}
        </Text>
      )}
      <Button variant="default" onClick={onClose}>
        {common("cancel")}
      </Button>
    </Dialog>
  );
}
