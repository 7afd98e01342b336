import type { Observable } from "@grata/client/store";
import { useSyncExternalStore } from "react";

/** The value of something that changes outside React; the component renders again after each change. */
export function useObservable<Value>(observable: Observable<Value>): Value {
  return useSyncExternalStore(observable.subscribe, observable.snapshot);
}
