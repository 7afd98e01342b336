/** Tells everybody on this page that time went by. */
export const everySecond = createTicking();

/** Tells its listeners each second that time went by; rests while nobody listens. */
function createTicking(): (listener: () => void) => () => void {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;

  function tick(): void {
    for (const listener of [...listeners]) {
      listener();
    }
  }

  return (listener) => {
    listeners.add(listener);
    timer ??= setInterval(tick, 1000);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) {
        clearInterval(timer);
        timer = undefined;
      }
    };
  };
}
