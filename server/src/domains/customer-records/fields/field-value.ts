import type { FieldKind } from "@grata/contract/customers";
import { fieldTextLimit } from "@grata/contract/limits";
import { isText } from "@grata/contract/text";
import { Refusal } from "../../../foundation/refusal/refusal.ts";

const unfit = /[\p{Cc}\u2028\u2029]/u;

/** A value as it is kept, trimmed; null: none. Throws `field_value_invalid`. */
export function toFieldValue(
  { kind, choices }: { kind: FieldKind; choices: string[] },
  value: string | null,
): string | null {
  const text = value?.trim() ?? "";
  if (text === "") return null;
  if (!fits(kind, choices, text)) {
    throw new Refusal("field_value_invalid", { fields: { value: "field_value_invalid" } });
  }
  return text;
}

function fits(kind: FieldKind, choices: string[], text: string): boolean {
  switch (kind) {
    case "text":
      return text.length <= fieldTextLimit && isText(text) && !unfit.test(text);
    case "number":
      return /^-?\d{1,15}(\.\d{1,10})?$/.test(text);
    case "date":
      return isDate(text);
    case "choice":
      return choices.includes(text);
  }
}

/** A day that there is: the 31st of February is none. */
function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** A choice needs something to choose from, and nothing else does. */
export function requireChoices(kind: FieldKind, choices: readonly string[]): void {
  if ((kind === "choice") !== choices.length > 0) {
    throw new Refusal("choices_invalid", { fields: { choices: "choices_invalid" } });
  }
}
