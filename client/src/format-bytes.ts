const units = ["byte", "kilobyte", "megabyte"] as const;

/** A size as a reader writes it: 340 kB, 2.4 MB. */
export function formatBytes(bytes: number, language: string): string {
  const power = Math.min(units.length - 1, bytes < 1_000 ? 0 : bytes < 999_500 ? 1 : 2);
  const value = bytes / 1_000 ** power;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[power] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  }).format(value);
}
