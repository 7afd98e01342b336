/** Customers as the team sees and keeps them. */
import {
  conversationsPage,
  conversationsQuery,
  customerChanges,
  customerDetails,
  customerFieldParameters,
  customerParameters,
  customersQuery,
  customerTagParameters,
  fieldValue,
  foundCustomers,
  mergeParameters,
  newMerge,
  newNote,
  noteParameters,
  tagBody,
} from "../customers.ts";
import { route } from "./route.ts";

export const searchCustomers = route("GET", "/api/customers", {
  summary: "Finds customers whom the asker may see, the newest first, ten at most",
  permission: "customers.search",
  query: customersQuery,
  answer: foundCustomers,
});
export const readCustomer = route("GET", "/api/customers/:customerId", {
  summary: "Reads what is known of a customer",
  permission: "customer.read",
  params: customerParameters,
  answer: customerDetails,
  refusals: ["customer_unknown"],
});
export const changeCustomer = route("PATCH", "/api/customers/:customerId", {
  summary:
    "Changes what the team says of a customer; what is left out stays, null takes the team's word away",
  permission: "customer.change",
  params: customerParameters,
  body: customerChanges,
  answer: customerDetails,
  refusals: ["customer_unknown", "customer_erased", "customer_changed"],
});
export const setField = route("PUT", "/api/customers/:customerId/fields/:fieldId", {
  summary: "Fills in a custom field of a customer",
  permission: "customer.change",
  params: customerFieldParameters,
  body: fieldValue,
  answer: customerDetails,
  refusals: [
    "customer_unknown",
    "customer_erased",
    "customer_changed",
    "field_unknown",
    "field_value_invalid",
  ],
});
export const addNote = route("POST", "/api/customers/:customerId/notes", {
  summary: "Adds a note to a customer; the same id again adds nothing",
  permission: "customer.change",
  params: customerParameters,
  body: newNote,
  answer: customerDetails,
  refusals: ["customer_unknown", "customer_erased", "too_many_notes"],
});
export const removeNote = route("DELETE", "/api/customers/:customerId/notes/:noteId", {
  summary: "Removes a note",
  permission: "customer.change",
  params: noteParameters,
  answer: customerDetails,
  refusals: ["customer_unknown", "customer_erased", "note_unknown", "forbidden"],
});
export const addTag = route("POST", "/api/customers/:customerId/tags", {
  summary: "Gives a customer a tag, which is made when there is none of this name",
  permission: "customer.change",
  params: customerParameters,
  body: tagBody,
  answer: customerDetails,
  refusals: ["customer_unknown", "customer_erased", "too_many_tags", "too_many_tags_here"],
});
export const removeTag = route("DELETE", "/api/customers/:customerId/tags/:tagId", {
  summary: "Takes a tag from a customer",
  permission: "customer.change",
  params: customerTagParameters,
  answer: customerDetails,
  refusals: ["customer_unknown", "customer_erased", "tag_unknown"],
});
export const listCustomerConversations = route("GET", "/api/customers/:customerId/conversations", {
  summary: "Lists a customer's chats that the asker may read, newest first",
  permission: "customer.read",
  params: customerParameters,
  query: conversationsQuery,
  answer: conversationsPage,
  refusals: ["customer_unknown"],
});
export const mergeCustomers = route("POST", "/api/customers/:customerId/merges", {
  summary: "Makes the customer of the body a part of the one of the address",
  permission: "customer.change",
  params: customerParameters,
  body: newMerge,
  answer: customerDetails,
  refusals: ["customer_unknown", "customer_erased", "merge_with_itself", "customers_merged"],
});
export const undoMerge = route("POST", "/api/customers/:customerId/merges/:mergeId/undo", {
  summary: "Undoes a merge",
  permission: "customer.change",
  params: mergeParameters,
  refusals: ["customer_unknown", "customer_erased", "merge_unknown", "merge_undone", "merge_built_upon"],
});
export const exportCustomer = route("GET", "/api/customers/:customerId/export", {
  summary: "Reads everything that is kept of a customer, as an archive",
  permission: "customers.export",
  params: customerParameters,
  download: ["application/zip"],
  refusals: ["customer_unknown", "too_many_requests"],
});
export const eraseCustomer = route("POST", "/api/customers/:customerId/erasure", {
  summary: "Begins to erase what is kept of a customer",
  permission: "customers.erase",
  params: customerParameters,
  refusals: ["customer_unknown"],
});
