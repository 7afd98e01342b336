import type { CurrentConversation } from "@grata/contract/conversations";
import { useTranslation } from "react-i18next";
import { givenName } from "../ui/names/customer-name.ts";

/** What a customer is called on screen: by name, or as a visitor whom four characters tell from the others. */
export function useCustomerName(customer: CurrentConversation["customer"]): string {
  const { t } = useTranslation();
  return givenName(customer) ?? t("customer.visitor", { reference: customer.reference });
}
