import type { ShownName } from "@grata/contract/shown-as";

/** The name of an identity for a reader of this language, else the one for whoever reads none of the others. */
export function nameIn(names: readonly ShownName[], language: string): ShownName | undefined {
  return names.find((one) => one.language === language) ?? names[0];
}
