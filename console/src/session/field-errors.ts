import { RequestFailed } from "@grata/client/failures";

/** The server's sentences about single fields, by the field's name; none when the failure is about something else. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof RequestFailed)) {
    return {};
  }
  const fields = Object.entries(error.failure.fields ?? {});
  return Object.fromEntries(fields.map(([field, wrong]) => [field, wrong.message]));
}

/** Puts the cursor into the first of these fields, in the order of the form, about which the server said something. */
export function focusFirstWrong(fields: readonly string[], error: unknown): void {
  const wrong = fieldErrors(error);
  const first = fields.find((field) => field in wrong);
  document.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
}
