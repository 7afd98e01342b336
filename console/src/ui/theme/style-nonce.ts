declare global {
  /** Where react-remove-scroll, below Mantine's dialogs, looks for the nonce of its style elements. */
  var __webpack_nonce__: string | undefined;
}

/** The nonce of this page's content security policy, which every style element made later must carry. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
}

/** Hands the nonce to the library that asks a global for it. Call it once, before the first render. */
export function shareStyleNonce(): void {
  globalThis.__webpack_nonce__ = styleNonce();
}
