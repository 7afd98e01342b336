/** The same action without exceptions: the shop's error reports are no place for ours. */
export function safely<Parameters extends unknown[]>(action: (...parameters: Parameters) => void) {
  return (...parameters: Parameters): void => {
    try {
      action(...parameters);
    } catch {
      // A browser too old for us, or a page that took the ground away: it goes on without a chat window.
    }
  };
}
