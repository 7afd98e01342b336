import type * as z from "zod/mini";

/** A schema, or a check that hangs on one. */
type Part = { _zod: { def: object } };

const isPart = (value: unknown): value is Part =>
  typeof value === "object" && value !== null && "_zod" in value;

/** A schema with every schema and check that it is made of. */
export function partsOf(schema: z.core.$ZodType): Set<Part> {
  const parts = new Set<Part>();
  const add = (value: unknown): void => {
    if (isPart(value)) {
      if (parts.has(value)) return;
      parts.add(value);
      add(value._zod.def);
    } else if (typeof value === "object" && value !== null) {
      for (const inner of Object.values(value)) add(inner);
    }
  };
  add(schema);
  return parts;
}
