import type { FoundCustomer as Customer } from "@grata/contract/customers";
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { givenName } from "../ui/names/customer-name.ts";
import { plainLine } from "../ui/safe-text/plain-line.ts";

/** Somebody whom a search found, told from others of the same name by what is known of them. */
export function FoundCustomer({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const { reference } = customer;
  const known = [customer.email, customer.phone, customer.channel.name].filter((line) => line !== null);
  return (
    <>
      <bdi>{givenName(customer) ?? t("customer.visitor", { reference })}</bdi>
      <Text size="xs" c="dimmed">
        {known.map((line) => plainLine(line)).join(" · ")} · {reference}
      </Text>
    </>
  );
}
