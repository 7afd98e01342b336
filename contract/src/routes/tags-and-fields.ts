/** The organisation's tags and custom fields: everybody of the team uses them, admins keep them in order. */
import {
  customFieldChanges,
  customFieldList,
  fieldParameters,
  newCustomField,
  tagBody,
  tagList,
  tagMerge,
  tagParameters,
} from "../customers.ts";
import { route } from "./route.ts";

export const listTags = route("GET", "/api/tags", {
  summary: "Lists the organisation's tags, with how many customers have each",
  permission: "tags.list",
  answer: tagList,
});
export const renameTag = route("PATCH", "/api/tags/:tagId", {
  summary: "Renames a tag",
  permission: "tags.manage",
  params: tagParameters,
  body: tagBody,
  answer: tagList,
  refusals: ["tag_unknown", "tag_taken"],
});
export const mergeTags = route("POST", "/api/tags/:tagId/merge", {
  summary: "Gives everybody who has this tag the other one, and deletes this one",
  permission: "tags.manage",
  params: tagParameters,
  body: tagMerge,
  answer: tagList,
  refusals: ["tag_unknown", "tag_taken"],
});
export const deleteTag = route("DELETE", "/api/tags/:tagId", {
  summary: "Takes a tag from everybody",
  permission: "tags.manage",
  params: tagParameters,
  answer: tagList,
  refusals: ["tag_unknown"],
});

export const listFields = route("GET", "/api/customer-fields", {
  summary: "Lists the custom fields, in the order in which they were made",
  permission: "customerFields.list",
  answer: customFieldList,
});
export const createField = route("POST", "/api/customer-fields", {
  summary: "Adds a custom field to every customer",
  permission: "customerFields.manage",
  body: newCustomField,
  answer: customFieldList,
  refusals: ["choices_invalid", "field_taken", "too_many_fields"],
});
export const changeField = route("PATCH", "/api/customer-fields/:fieldId", {
  summary: "Gives a custom field another name or other choices; its kind stays",
  permission: "customerFields.manage",
  params: fieldParameters,
  body: customFieldChanges,
  answer: customFieldList,
  refusals: ["choices_invalid", "field_unknown", "field_taken"],
});
export const deleteField = route("DELETE", "/api/customer-fields/:fieldId", {
  summary: "Deletes a custom field with everything that stands in it",
  permission: "customerFields.manage",
  params: fieldParameters,
  answer: customFieldList,
  refusals: ["field_unknown"],
});
