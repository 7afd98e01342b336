import { answerEntrance } from "@grata/contract/routes/installation";

/** What is counted; the one before opens the connection and is not. */
const requestsCounted = 3;
const patienceMilliseconds = 4_000;

/**
 * How long a small request to an entrance takes from here, in milliseconds: the middle one of three. Null: it cannot be
 * reached. No cookie goes along, and nothing is kept.
 */
export async function measureEntrance(
  address: string,
  patience: number = patienceMilliseconds,
): Promise<number | null> {
  const times: number[] = [];
  try {
    await ask(address, patience);
    while (times.length < requestsCounted) {
      const began = performance.now();
      await ask(address, patience);
      times.push(performance.now() - began);
    }
  } catch {
    return null;
  }
  times.sort((one, other) => one - other);
  return times[Math.floor(requestsCounted / 2)] ?? null;
}

async function ask(address: string, patience: number): Promise<void> {
  const answer = await fetch(address + answerEntrance.path, {
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    signal: AbortSignal.timeout(patience),
  });
  if (!answer.ok) {
    throw new Error(`It answered ${answer.status}.`);
  }
  // The time of an answer is that of all of it, and the next request may use the connection again.
  await answer.arrayBuffer();
}
