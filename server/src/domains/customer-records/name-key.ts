/** A name as it is compared: whoever reads two that differ only in case, width or space takes them for one. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}
