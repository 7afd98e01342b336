const units = ["byte", "kilobyte", "megabyte"] as const;

/** A size as a reader writes it. */
export function formatBytes(bytes: number, language: string): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[power] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: power > 0 ? 1 : 0,
  }).format(bytes / 1_000 ** power);
}
