import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Chat } from "./chat.ts";
import type { TimelineLine } from "./timeline.ts";

type MessageLine = Extract<TimelineLine, { kind: "message" }>;
export type FileProps = { line: MessageLine; file: NonNullable<MessageLine["file"]>; chat: Chat };

let loaded: FunctionComponent<FileProps> | undefined;

/** Where a message shows what it carries, by a part that is loaded with the first such message. */
export function FileSlot(props: FileProps) {
  const [View, setView] = useState(() => loaded);
  useEffect(() => {
    if (!View) {
      void import("./file-view.tsx").then(
        ({ FileView }) => {
          loaded = FileView;
          setView(() => FileView);
        },
        // The name says what it is until the next opening.
        () => undefined,
      );
    }
  }, [View]);
  return View ? (
    <View {...props} />
  ) : (
    <p class="bubble">
      <bdi>{props.file.name}</bdi>
    </p>
  );
}
