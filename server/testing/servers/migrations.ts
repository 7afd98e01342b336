import {
  type Migration,
  newestStep,
  parseMigration,
  readMigrations,
} from "../../src/foundation/storage/migrations/files.ts";

/** A migration that was never shipped: its name and its text. */
export type MadeUp = [name: string, text: string];

/** What a later release would know: every migration that is shipped, and these behind them. */
export function shippedAnd(...madeUp: MadeUp[]): Migration[] {
  const shipped = readMigrations();
  const newest = newestStep(shipped);
  return [...shipped, ...madeUp.map(([name, text], place) => parseMigration(name, newest + 1 + place, text))];
}
