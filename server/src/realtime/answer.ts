import { type Answer, type RequestOutput, type RequestType, requests } from "@grata/contract/realtime";
import { presentFailure, refusalOfIssues } from "../foundation/refusal/failure.ts";
import { Refusal } from "../foundation/refusal/refusal.ts";
import type { Connected } from "./context.ts";
import type { createHandlers } from "./requests.ts";

type Handlers = ReturnType<typeof createHandlers>;

/** Answers one request of a socket: parsed by the contract, refused in the reader's language, never thrown. */
export async function answer(
  handlers: Handlers,
  from: Connected,
  payload: unknown,
  logFault: (error: unknown) => void,
): Promise<Answer<RequestType>> {
  try {
    return { ok: true, value: await handle(handlers, from, payload) };
  } catch (error) {
    if (!(error instanceof Refusal)) logFault(error);
    return { ok: false, error: presentFailure(error, from.language) };
  }
}

function handle(handlers: Handlers, from: Connected, payload: unknown): Promise<RequestOutput<RequestType>> {
  const type = typeOf(payload);
  if (type === null) throw new Refusal("event_unknown");
  const parsed = requests[type].input.safeParse(payload);
  if (!parsed.success) throw refusalOfIssues(parsed.error.issues);
  // The schema of this very type has parsed the input; the compiler cannot follow that through the union.
  return (handlers[type] as Handler)(from, parsed.data);
}

type Handler = (from: Connected, input: unknown) => Promise<RequestOutput<RequestType>>;

function typeOf(payload: unknown): RequestType | null {
  if (typeof payload !== "object" || payload === null || !("type" in payload)) return null;
  const { type } = payload;
  return typeof type === "string" && Object.hasOwn(requests, type) ? (type as RequestType) : null;
}
