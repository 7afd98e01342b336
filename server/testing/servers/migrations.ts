import {
  type Migration,
  newestStep,
  parseMigration,
  readMigrations,
} from "../../src/foundation/storage/migrations/files.ts";

/** A migration that was never shipped: its name and its text. */
export type MadeUp = [name: string, text: string];

/** Adds migrations behind the shipped ones, as a later release would. */
export function shippedAnd(...madeUp: MadeUp[]): Migration[] {
  const shipped = readMigrations();
  const newest = newestStep(shipped);
  return [...shipped, ...madeUp.map(([name, text], place) => parseMigration(name, newest + 1 + place, text))];
}
