import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { searchQuery } from "../../customers/requests.ts";
import { givenName } from "../../ui/names/customer-name.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import type { FoundGroup } from "./find-commands.ts";

/** One letter is in everybody's name. */
const SHORTEST = 2;

/** What only the server can find: customers, whose chats are then shown, and messages with these words. */
export function useFound(search: string): FoundGroup[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const wanted = useDeferredValue(search.trim());
  const isLongEnough = Array.from(wanted).length >= SHORTEST;
  const { data } = useQuery({ ...searchQuery(wanted), enabled: isLongEnough });
  if (!isLongEnough) return [];
  const customers = (data?.customers ?? []).map((customer) => ({
    id: `customer-${customer.id}`,
    group: "customers" as const,
    label: givenName(customer) ?? t("customer.visitor", { reference: customer.reference }),
    hint: [customer.email, customer.phone, customer.reference]
      .filter((known) => known !== null)
      .map((known) => plainLine(known))
      .join(" · "),
    run: () => void navigate({ to: "/console/history", search: { customerId: customer.id } }),
  }));
  const messages = {
    id: "messages",
    group: "messages" as const,
    label: t("commands.searchMessages", { text: plainLine(wanted) }),
    run: () => void navigate({ to: "/console/history", search: { text: wanted } }),
  };
  return [
    ...(customers.length > 0 ? [{ group: "customers" as const, commands: customers }] : []),
    { group: "messages", commands: [messages] },
  ];
}
