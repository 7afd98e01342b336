import type { CustomFieldChanges, CustomFieldList, NewCustomField, TagList } from "@grata/contract/customers";
import * as routes from "@grata/contract/routes/tags-and-fields";
import { queryOptions } from "@tanstack/react-query";
import { tagsQuery } from "../../customers/requests.ts";
import { customersKey } from "../../live/refresh-customers.ts";
import { call } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

export { tagsQuery };

/** What an admin does to a tag; the list is on screen when it resolves. */
export async function renameTag(tagId: string, name: string): Promise<void> {
  keepTags(await call(routes.renameTag, { params: { tagId }, body: { name } }));
}

/** Gives everybody who has this tag the other one, and deletes this one. */
export async function mergeTags(tagId: string, into: string): Promise<void> {
  keepTags(await call(routes.mergeTags, { params: { tagId }, body: { into } }));
}

/** Takes a tag from everybody. */
export async function deleteTag(tagId: string): Promise<void> {
  keepTags(await call(routes.deleteTag, { params: { tagId } }));
}

function keepTags(list: TagList): void {
  queryClient.setQueryData(tagsQuery.queryKey, list);
}

/** The organisation's custom fields. */
export const fieldsQuery = queryOptions({
  queryKey: [customersKey, "", "fields"],
  queryFn: () => call(routes.listFields),
  staleTime: 0,
});

/** Adds a field to every customer. */
export async function createField(body: NewCustomField): Promise<void> {
  keepFields(await call(routes.createField, { body }));
}

/** Gives a field another name or other choices. */
export async function changeField(fieldId: string, body: CustomFieldChanges): Promise<void> {
  keepFields(await call(routes.changeField, { params: { fieldId }, body }));
}

/** Deletes a field with everything that stands in it. */
export async function deleteField(fieldId: string): Promise<void> {
  keepFields(await call(routes.deleteField, { params: { fieldId } }));
}

function keepFields(list: CustomFieldList): void {
  queryClient.setQueryData(fieldsQuery.queryKey, list);
}
