/** What the shop's page remembers for the chat window. Its storage may be blocked: then it lasts as long as the page. */
export function createPageStorage(channel: string) {
  const tokenKey = `grata.${channel}.token`;
  const openedKey = `grata.${channel}.opened`;
  let token: string | null = null;
  return {
    readToken: (): string | null => attempt(() => localStorage.getItem(tokenKey)) ?? token,
    keepToken(next: string | null): void {
      token = next;
      attempt(() =>
        next === null ? localStorage.removeItem(tokenKey) : localStorage.setItem(tokenKey, next),
      );
    },
    /** Whether the chat was opened before in this visit (of this browser tab to this site). */
    wasOpened: (): boolean => attempt(() => sessionStorage.getItem(openedKey)) != null,
    noteOpened: (): void => attempt(() => sessionStorage.setItem(openedKey, "1")),
    forgetOpened: (): void => attempt(() => sessionStorage.removeItem(openedKey)),
  };
}

function attempt<Result>(access: () => Result): Result | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
