/** What counts of an entry here. */
export type LogEntry = { seq: number; clientId: string | null };

/** What somebody wrote, in order, and the numbers that the server acknowledged. */
export type Testimony = {
  name: string;
  written: readonly string[];
  acknowledged: ReadonlyMap<string, number>;
};

/** Says what is wrong with a log: a gap, or a message of this writer that is missing, doubled or out of order. */
export function judgeLog(log: readonly LogEntry[], { name, written, acknowledged }: Testimony): string[] {
  const violations: string[] = [];
  const gap = log.findIndex((entry, index) => entry.seq !== index + 1);
  if (gap !== -1) violations.push(`The log has entry ${log[gap]?.seq} in place ${gap + 1}.`);
  const places = Map.groupBy(log, (entry) => entry.clientId);
  for (const [clientId, seq] of acknowledged) {
    const found = places.get(clientId) ?? [];
    if (found.length !== 1 || found[0]?.seq !== seq) {
      const where = found.map((entry) => entry.seq).join(" and ") || "not";
      violations.push(`${name}: message ${clientId} was acknowledged as ${seq} and is stored ${where}.`);
    }
  }
  const numbers = written.flatMap((clientId) => places.get(clientId)?.[0]?.seq ?? []);
  if (numbers.some((seq, index) => seq <= (numbers[index - 1] ?? 0))) {
    violations.push(`${name}: the messages are not stored in the order in which they were written.`);
  }
  return violations;
}

/** Says when somebody was not shown exactly what the log holds. */
export function judgeShown(
  log: readonly LogEntry[],
  { name, shown }: { name: string; shown: readonly LogEntry[] },
): string[] {
  const same =
    shown.length === log.length && shown.every((entry, index) => entry.clientId === log[index]?.clientId);
  return same ? [] : [`${name} was shown ${shown.length} entries of ${log.length}, or in another order.`];
}
