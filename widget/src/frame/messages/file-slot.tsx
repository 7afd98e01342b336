import type { FunctionComponent } from "preact";
import type { Chat } from "../chat/chat.ts";
import type { TimelineLine } from "../chat/timeline.ts";
import { useWording } from "../chat/wording.ts";
import { useLate } from "../ui/use-late.ts";

type MessageLine = Extract<TimelineLine, { kind: "message" }>;
export type FileProps = { line: MessageLine; file: NonNullable<MessageLine["file"]>; chat: Chat };

let loaded: FunctionComponent<FileProps> | undefined;

const load = async () => {
  loaded = (await import("./file-view.tsx")).FileView;
  return loaded;
};

/** Where a message shows what it carries, by a part that is loaded with the first such message. */
export function FileSlot(props: FileProps) {
  const { texts } = useWording();
  const [part, retry] = useLate(load, !loaded);
  const View = loaded;
  return View ? (
    <View {...props} />
  ) : (
    <p class="bubble">
      <bdi>{props.file.name}</bdi>
      {part === "failed" && (
        <button type="button" onClick={retry}>
          {texts.partFailed}
        </button>
      )}
    </p>
  );
}
