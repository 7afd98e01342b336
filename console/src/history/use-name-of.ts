import { useTranslation } from "react-i18next";
import { givenName } from "../ui/names/customer-name.ts";

/** What customers of history are called on screen. */
export function useNameOf(): (customer: { name: string | null; reference: string; id: string }) => string {
  const { t } = useTranslation();
  return (customer) => givenName(customer) ?? t("customer.visitor", { reference: customer.reference });
}
