import { pathOf } from "@grata/client/route-address";
import * as routes from "@grata/contract/routes/customers";
import { call } from "../../session/http.ts";

/** Where everything that is kept of a customer is downloaded. */
export const exportAddress = (customerId: string) => pathOf(routes.exportCustomer, { customerId });

/** Begins to erase what is kept of a customer: who they are and what is on a screen goes at once, the rest soon. */
export function eraseCustomer(customerId: string): Promise<void> {
  return call(routes.eraseCustomer, { params: { customerId } });
}
