/**
 * Shares a read among all who ask for it at the same time. Whoever asks while one runs gets the next one, which begins
 * after they asked: nobody gets an answer that is older than their question.
 */
export function createSharedReads<Answer>(): (key: string, read: () => Promise<Answer>) => Promise<Answer> {
  const running = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<Answer>>();

  function begin(key: string, read: () => Promise<Answer>): Promise<Answer> {
    const answer = read();
    const done = answer
      .catch(() => undefined)
      .then(() => {
        if (running.get(key) === done) running.delete(key);
      });
    running.set(key, done);
    return answer;
  }

  return (key, read) => {
    const ahead = running.get(key);
    if (!ahead) return begin(key, read);
    const waiting = next.get(key);
    if (waiting) return waiting;
    const following = ahead.then(() => {
      next.delete(key);
      return begin(key, read);
    });
    next.set(key, following);
    return following;
  };
}
