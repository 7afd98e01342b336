import { empty } from "@grata/contract/http";
import { ask } from "../../session/http.ts";

/** Begins to erase what is kept of a customer: who they are and what is on a screen goes at once, the rest soon. */
export async function eraseCustomer(customerId: string): Promise<void> {
  await ask({ method: "POST", path: `/api/customers/${customerId}/erasure` }, empty);
}
