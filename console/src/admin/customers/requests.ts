import {
  type CustomFieldChanges,
  type CustomFieldList,
  customFieldList,
  type NewCustomField,
  type TagList,
  tagList,
} from "@grata/contract/customers";
import { queryOptions } from "@tanstack/react-query";
import { tagsQuery } from "../../customers/requests.ts";
import { customersKey } from "../../live/refresh-customers.ts";
import { ask } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

export { tagsQuery };

/** What an admin does to a tag; the list is on screen when it resolves. */
export async function renameTag(id: string, name: string): Promise<void> {
  keepTags(await ask({ method: "PATCH", path: `/api/tags/${id}`, body: { name } }, tagList));
}

/** Gives everybody who has this tag the other one, and deletes this one. */
export async function mergeTags(id: string, into: string): Promise<void> {
  keepTags(await ask({ method: "POST", path: `/api/tags/${id}/merge`, body: { into } }, tagList));
}

/** Takes a tag from everybody. */
export async function deleteTag(id: string): Promise<void> {
  keepTags(await ask({ method: "DELETE", path: `/api/tags/${id}` }, tagList));
}

function keepTags(list: TagList): void {
  queryClient.setQueryData(tagsQuery.queryKey, list);
}

const fields = "/api/customer-fields";

/** The organisation's custom fields. */
export const fieldsQuery = queryOptions({
  queryKey: [customersKey, "", "fields"],
  queryFn: () => ask({ method: "GET", path: fields }, customFieldList),
  staleTime: 0,
});

/** Adds a field to every customer. */
export async function createField(body: NewCustomField): Promise<void> {
  keepFields(await ask({ method: "POST", path: fields, body }, customFieldList));
}

/** Gives a field another name or other choices. */
export async function changeField(id: string, body: CustomFieldChanges): Promise<void> {
  keepFields(await ask({ method: "PATCH", path: `${fields}/${id}`, body }, customFieldList));
}

/** Deletes a field with everything that stands in it. */
export async function deleteField(id: string): Promise<void> {
  keepFields(await ask({ method: "DELETE", path: `${fields}/${id}` }, customFieldList));
}

function keepFields(list: CustomFieldList): void {
  queryClient.setQueryData(fieldsQuery.queryKey, list);
}
