import * as routes from "@grata/contract/routes/customers";
import type { FastifyRequest } from "fastify";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
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

/** What the team knows of a customer, for whoever may see one of the customer's chats. */
export async function customerRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, publish } = services;
  const asker = (request: FastifyRequest) => askerOf(request, services);
  const tell = ({ details, changes }: Edited) => {
    publish(changes);
    return details;
  };

  handle(app, routes.searchCustomers, async (request) => ({
    customers: await searchCustomers(storage, asker(request), request.query),
  }));
  handle(app, routes.readCustomer, (request) =>
    readCustomer(storage, asker(request), request.params.customerId),
  );
  handle(app, routes.changeCustomer, async (request) =>
    tell(await changeCustomer(storage, asker(request), request.params.customerId, request.body)),
  );
  handle(app, routes.setField, async (request) =>
    tell(await setField(storage, asker(request), request.params, request.body)),
  );

  handle(app, routes.addNote, async (request) =>
    tell(await addNote(storage, asker(request), request.params.customerId, request.body)),
  );
  handle(app, routes.removeNote, async (request) => {
    const { customerId, noteId } = request.params;
    return tell(await removeNote(storage, asker(request), customerId, noteId));
  });
  handle(app, routes.addTag, async (request) =>
    tell(await addTag(storage, asker(request), request.params.customerId, request.body)),
  );
  handle(app, routes.removeTag, async (request) => {
    const { customerId, tagId } = request.params;
    return tell(await removeTag(storage, asker(request), customerId, tagId));
  });

  handle(app, routes.listCustomerConversations, (request) =>
    listConversations(storage, asker(request), request.params.customerId, request.query),
  );
  handle(app, routes.mergeCustomers, async (request) =>
    tell(await mergeCustomers(storage, asker(request), request.params.customerId, request.body)),
  );
  handle(app, routes.undoMerge, async (request) => {
    publish(await undoMerge(storage, asker(request), request.params));
  });
}
