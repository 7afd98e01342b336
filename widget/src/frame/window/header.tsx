import { useState } from "preact/hooks";
import { fill } from "../../texts/fill.ts";
import { agentOf, isAnybodyThere, seenAs } from "../chat/agent-of.ts";
import type { ChatView } from "../chat/chat.ts";
import { useWording } from "../chat/wording.ts";
import { Icon } from "../ui/icon.tsx";
import { isolate } from "../ui/isolate.ts";

/** Whose window this is, and who answers in it. */
export function Header({ view, onClose }: { view: ChatView; onClose: (() => void) | undefined }) {
  const { texts, language } = useWording();
  const agent = agentOf(view);
  const { name, line } = agent ? seenAs(agent, language) : { name: null };
  const there = isAnybodyThere(view);
  return (
    <header>
      {name !== null && <Avatar name={name} picture={agent?.avatar} />}
      <div class="who">
        <h1>
          <bdi>{texts.title}</bdi>
        </h1>
        {view.loaded && (
          <p class={there ? "presence here" : "presence"}>
            {name === null ? (
              <bdi>{there ? texts.online : texts.away}</bdi>
            ) : there ? (
              <bdi>{name}</bdi>
            ) : (
              fill(texts.agentAway, { name: isolate(name) })
            )}
          </p>
        )}
        {line && (
          <p class="presence">
            <bdi>{line}</bdi>
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

/** Somebody's picture, or the first letter of their name where there is none or it cannot be shown. */
function Avatar({ name, picture }: { name: string; picture: string | undefined }) {
  const [broken, setBroken] = useState<string>();
  // A letter as a reader counts it, not half of an emoji.
  const [first] = new Intl.Segmenter().segment(name.trim());
  return picture && picture !== broken ? (
    <img class="avatar" src={picture} alt={name} onError={() => setBroken(picture)} />
  ) : (
    <span class="avatar" aria-hidden="true">
      {first?.segment.toLocaleUpperCase()}
    </span>
  );
}
