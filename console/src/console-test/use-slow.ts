import { after } from "@grata/client/timers";
import { useEffect, useState } from "react";

/** After so long without what was to happen, something is wrong. */
const PATIENCE = 15_000;

/** Whether what is waited for takes too long; `sign` changes with whatever happens. Null: nothing is waited for. */
export function useSlow(sign: string | null): boolean {
  const [slow, setSlow] = useState<string | null>(null);
  useEffect(() => (sign === null ? undefined : after(PATIENCE, () => setSlow(sign))), [sign]);
  return sign !== null && slow === sign;
}
