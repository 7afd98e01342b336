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
} from "@grata/contract/customers";
import { empty } from "@grata/contract/http";
import type { FastifyRequest } from "fastify";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { identify } from "../../foundation/http/identify.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import type { Publishing } from "../conversations/changes.ts";
import { addNote } from "./add-note.ts";
import { addTag } from "./add-tag.ts";
import { changeCustomer, type Edited } from "./change.ts";
import { listConversations } from "./list-conversations.ts";
import { mergeCustomers } from "./merge.ts";
import { readCustomer } from "./read.ts";
import { removeNote } from "./remove-note.ts";
import { removeTag } from "./remove-tag.ts";
import { searchCustomers } from "./search.ts";
import { setField } from "./set-field.ts";
import { undoMerge } from "./undo-merge.ts";

const path = "/api/customers/:customerId";
const details = { 200: customerDetails };

/** What the team knows of a customer, for whoever may see one of the customer's chats. */
export async function customerRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, publish } = services;
  const asker = (request: FastifyRequest) => askerOf(request, services);
  const readers = { config: { permission: "customer.read" }, preHandler: identify(services) } as const;
  const editors = { config: { permission: "customer.change" }, preHandler: identify(services) } as const;
  const tell = ({ details, changes }: Edited) => {
    publish(changes);
    return details;
  };

  app.get(
    "/api/customers",
    {
      config: { permission: "customers.search" },
      preHandler: identify(services),
      schema: { querystring: customersQuery, response: { 200: foundCustomers } },
    },
    async (request) => ({ customers: await searchCustomers(storage, asker(request), request.query) }),
  );
  app.get(path, { ...readers, schema: { params: customerParameters, response: details } }, (request) =>
    readCustomer(storage, asker(request), request.params.customerId),
  );
  app.patch(
    path,
    { ...editors, schema: { params: customerParameters, body: customerChanges, response: details } },
    async (request) =>
      tell(await changeCustomer(storage, asker(request), request.params.customerId, request.body)),
  );
  app.put(
    `${path}/fields/:fieldId`,
    { ...editors, schema: { params: customerFieldParameters, body: fieldValue, response: details } },
    async (request) => tell(await setField(storage, asker(request), request.params, request.body)),
  );

  app.post(
    `${path}/notes`,
    { ...editors, schema: { params: customerParameters, body: newNote, response: details } },
    async (request) => tell(await addNote(storage, asker(request), request.params.customerId, request.body)),
  );
  app.delete(
    `${path}/notes/:noteId`,
    { ...editors, schema: { params: noteParameters, response: details } },
    async (request) => {
      const { customerId, noteId } = request.params;
      return tell(await removeNote(storage, asker(request), customerId, noteId));
    },
  );
  app.post(
    `${path}/tags`,
    { ...editors, schema: { params: customerParameters, body: tagBody, response: details } },
    async (request) => tell(await addTag(storage, asker(request), request.params.customerId, request.body)),
  );
  app.delete(
    `${path}/tags/:tagId`,
    { ...editors, schema: { params: customerTagParameters, response: details } },
    async (request) => {
      const { customerId, tagId } = request.params;
      return tell(await removeTag(storage, asker(request), customerId, tagId));
    },
  );

  app.get(
    `${path}/conversations`,
    {
      ...readers,
      schema: {
        params: customerParameters,
        querystring: conversationsQuery,
        response: { 200: conversationsPage },
      },
    },
    (request) => listConversations(storage, asker(request), request.params.customerId, request.query),
  );
  app.post(
    `${path}/merges`,
    { ...editors, schema: { params: customerParameters, body: newMerge, response: details } },
    async (request) =>
      tell(await mergeCustomers(storage, asker(request), request.params.customerId, request.body)),
  );
  app.post(
    `${path}/merges/:mergeId/undo`,
    { ...editors, schema: { params: mergeParameters, response: { 200: empty } } },
    async (request) => {
      publish(await undoMerge(storage, asker(request), request.params));
      return {};
    },
  );
}
