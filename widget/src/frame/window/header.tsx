import { fill } from "../../texts/fill.ts";
import { agentOf, isAnybodyThere } from "../chat/agent-of.ts";
import type { ChatView } from "../chat/chat.ts";
import { useWording } from "../chat/wording.ts";
import { Icon } from "../ui/icon.tsx";
import { isolate } from "../ui/isolate.ts";

/** Whose window this is, and who answers in it. */
export function Header({ view, onClose }: { view: ChatView; onClose: (() => void) | undefined }) {
  const { texts } = useWording();
  const agent = agentOf(view);
  const there = isAnybodyThere(view);
  return (
    <header>
      {agent !== undefined && <Avatar name={agent} />}
      <div class="who">
        <h1>
          <bdi>{texts.title}</bdi>
        </h1>
        {view.loaded && (
          <p class={there ? "presence here" : "presence"}>
            {agent === undefined ? (
              <bdi>{there ? texts.online : texts.away}</bdi>
            ) : there ? (
              <bdi>{agent}</bdi>
            ) : (
              fill(texts.agentAway, { name: isolate(agent) })
            )}
          </p>
        )}
      </div>
      {onClose && (
        <button type="button" class="quiet" aria-label={texts.close} title={texts.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

/** The first letter of somebody's name; a drawing would have to come from somewhere. */
function Avatar({ name }: { name: string }) {
  // A letter as a reader counts it, not half of an emoji.
  const [first] = new Intl.Segmenter().segment(name.trim());
  return (
    <span class="avatar" aria-hidden="true">
      {first?.segment.toLocaleUpperCase()}
    </span>
  );
}
