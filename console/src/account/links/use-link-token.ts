import { useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { tabTexts } from "../../ui/store/browser-storage.ts";
import { dropLinkToken, type LinkPurpose, takeLinkToken } from "./link-token.ts";

/** The token of the link that led to this page, and how to forget it. A second link opened in the same tab counts. */
export function useLinkToken(purpose: LinkPurpose): { token: string; drop: () => void } {
  const take = () => takeLinkToken(purpose, pageAddress, tabTexts) ?? "";
  const [token, setToken] = useState(take);
  const { hash } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the browser loads no new page for a new fragment.
  useEffect(() => setToken(take()), [hash]);
  return { token, drop: () => dropLinkToken(purpose, tabTexts) };
}

const pageAddress = {
  get fragment() {
    return window.location.hash;
  },
  clearFragment() {
    window.history.replaceState(window.history.state, "", window.location.pathname);
  },
};
