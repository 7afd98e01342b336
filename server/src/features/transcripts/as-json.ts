import type { Transcript } from "./read-transcript.ts";

/** A transcript as JSON, in the form of `transcript` of the contract. */
export async function* asJson({ head, pages }: Transcript): AsyncGenerator<string> {
  yield `{"conversation":${JSON.stringify(head)},"entries":[`;
  let separator = "\n";
  for await (const page of pages()) {
    yield separator + page.map((entry) => JSON.stringify(entry)).join(",\n");
    separator = ",\n";
  }
  yield "\n]}";
}
