import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useState } from "react";
import { localTexts } from "../../ui/store/browser-storage.ts";

const key = "grata:details";

/** Whether the details stand beside the chat: remembered in this browser, and closed where they would cover it. */
export function useDetailsShown() {
  const roomy = useMediaQuery("(min-width: 75em)", false, { getInitialValueInEffect: false });
  const [wanted, setWanted] = useState(() => localTexts.read(key) !== "closed");
  const [covers, setCovers] = useState(false);
  const shown = roomy ? wanted : covers;
  const toggle = useCallback((): void => {
    if (roomy) {
      localTexts.write(key, shown ? "closed" : "open");
      setWanted(!shown);
    } else {
      setCovers(!shown);
    }
  }, [roomy, shown]);
  return { shown, covers: shown && !roomy, toggle };
}
