/** What ends the bench with one sentence: a broken promise of the server, or something that the machine lacks. */
export class BenchFailure extends Error {
  override name = "BenchFailure";
}

/** The sentence of an error, whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
