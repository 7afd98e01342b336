import type { RoutingRule, TriedRouting } from "@grata/contract/routing";
import type { UserGroup } from "@grata/contract/user-groups";
import { Button, Select, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { searchQuery } from "../../customers/requests.ts";
import { givenName } from "../../ui/names/customer-name.ts";
import styles from "../../ui/pages/page.module.css";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { tryRouting } from "./requests.ts";
import { TriedRules } from "./tried-rules.tsx";

interface TrySectionProps {
  groups: readonly UserGroup[];
  rules: readonly RoutingRule[];
}

/** Says which rule wins for a customer, and why: with the rules as they stand in the form. */
export function TrySection({ groups, rules }: TrySectionProps) {
  const { t } = useTranslation("routing");
  const sentenceOf = useSentence();
  const heading = useId();
  const [customerId, setCustomerId] = useState<string | null>(null);
  const [page, setPage] = useState("");
  const [text, setText] = useState("");
  const trying = useMutation<{ tried: TriedRouting; rules: readonly RoutingRule[] }>({
    async mutationFn() {
      const customer = customerId === null ? {} : { customerId };
      const described = { ...customer, ...(page.trim() !== "" && { page: addressOf(page) }), text };
      return { tried: await tryRouting({ rules: [...rules], ...described }), rules };
    },
  });
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <div>
        <Title order={2} size="h4" id={heading}>
          {t("try.title")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("try.hint")}
        </Text>
      </div>
      <form
        noValidate
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          trying.mutate();
        }}
      >
        <CustomerSelect value={customerId} onChange={setCustomerId} />
        <TextInput
          label={t("try.page")}
          placeholder="https://shop.example/tea"
          value={page}
          maxLength={2_000}
          onChange={(event) => setPage(event.currentTarget.value)}
        />
        <TextInput
          label={t("try.text")}
          value={text}
          maxLength={2_000}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" w="fit-content" loading={trying.isPending}>
          {t("try.run")}
        </Button>
      </form>
      {trying.isError && <FailureAlert sentence={sentenceOf(trying.error)} />}
      {trying.isSuccess && <TriedRules {...trying.data} groups={groups} />}
    </section>
  );
}

/** A real customer, found by what is known of them. */
function CustomerSelect({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (id: string | null) => void;
}) {
  const { t } = useTranslation(["routing", "console"]);
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  const found = useQuery({ ...searchQuery(wanted), enabled: wanted !== "" });
  const customers = found.data?.customers ?? [];
  return (
    <Select
      label={t("try.customer")}
      description={t("try.customerHint")}
      searchable
      clearable
      searchValue={search}
      onSearchChange={setSearch}
      // The server has searched already, also by what is not shown.
      filter={({ options }) => options}
      data={customers.map((customer) => ({
        value: customer.id,
        label: givenName(customer) ?? t("console:customer.visitor", { reference: customer.reference }),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}

/** A page may be written as it is seen: without a scheme, or as a path alone. */
function addressOf(page: string): string {
  const written = page.trim();
  if (written.includes("://")) return written;
  return written.startsWith("/") ? `https://shop.example${written}` : `https://${written}`;
}
