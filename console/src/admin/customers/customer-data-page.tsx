import type { FoundCustomer } from "@grata/contract/customers";
import { Loader, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { CustomerDataActions } from "../../customers/customer-data/customer-data-actions.tsx";
import { searchQuery } from "../../customers/requests.ts";
import { givenName } from "../../ui/names/customer-name.ts";
import listStyles from "../../ui/pages/list.module.css";
import styles from "../../ui/pages/page.module.css";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { FactorIcon, SearchIcon } from "../../ui/theme/icons.ts";

/** Customers > Customer data: for who asks what is kept of them, or wants it gone. */
export function CustomerDataPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  const found = useQuery({ ...searchQuery(wanted), enabled: wanted !== "" });
  const customers = wanted === "" ? [] : (found.data?.customers ?? []);
  return (
    <div className={`${styles.page} ${styles.narrow}`}>
      <div>
        <Title order={1} size="h2">
          {t("customerData.page")}
        </Title>
        <Text c="dimmed">{t("customerData.lead")}</Text>
      </div>
      <TextInput
        type="search"
        label={t("panel.merge.search")}
        leftSection={<SearchIcon size={16} aria-hidden />}
        value={search}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {wanted !== "" && found.isPending && <Loader aria-label={t("loading")} />}
      {found.isError && (
        <FailureAlert sentence={sentenceOf(found.error)} onRetry={() => void found.refetch()} />
      )}
      {customers.length > 0 && (
        <ul className={listStyles.list}>
          {customers.map((customer) => (
            <Found key={customer.id} customer={customer} />
          ))}
        </ul>
      )}
      {wanted === "" && (
        <EmptyView icon={FactorIcon} title={t("customerData.begin")} hint={t("customerData.beginHint")} />
      )}
      {wanted !== "" && found.isSuccess && customers.length === 0 && (
        <Text c="dimmed" role="status">
          {t("customerData.nobody")}
        </Text>
      )}
    </div>
  );
}

function Found({ customer }: { customer: FoundCustomer }) {
  const { t } = useTranslation();
  const { id, reference, email, phone, channel } = customer;
  const name = givenName(customer) ?? t("customer.visitor", { reference });
  const known = [email, phone, channel.name].filter((line) => line !== null);
  return (
    <li className={listStyles.item} data-wraps>
      <span className={listStyles.name}>
        <bdi>{name}</bdi>
        <span className={listStyles.more}>
          {known.map((line) => plainLine(line)).join(" · ")} · {reference}
        </span>
      </span>
      <CustomerDataActions customer={{ id, name, reference }} />
    </li>
  );
}
