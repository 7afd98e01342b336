import type { Observable } from "@grata/client/store";
import { useLayoutEffect, useState } from "preact/hooks";

/** The value of an observable; the component is drawn again when it changes. */
export function useObservable<Value>(observable: Observable<Value>): Value {
  const [value, setValue] = useState(observable.snapshot);
  useLayoutEffect(() => {
    const follow = () => setValue(() => observable.snapshot());
    follow();
    return observable.subscribe(follow);
  }, [observable]);
  return value;
}
