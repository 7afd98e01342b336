/**
 * Watches for how long something has been in one of several states. The function it returns is told the state at each
 * look, and answers true once that state was first seen longer ago than its limit in milliseconds, even if others came
 * between: something that goes to and fro is stuck as well.
 */
export function watchPatience<State extends string>(
  limits: Record<State, number>,
): (state: State) => boolean {
  const firstSeen = new Map<State, number>();
  return (state) => {
    const since = firstSeen.get(state) ?? Date.now();
    firstSeen.set(state, since);
    return Date.now() - since > limits[state];
  };
}
