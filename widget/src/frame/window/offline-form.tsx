import type { Drafts } from "@grata/client/drafts";
import { messageLimit, nameLimit } from "@grata/contract/limits";
import { useId, useRef, useState } from "preact/hooks";
import type { Chat } from "../chat/chat.ts";
import { useWording } from "../chat/wording.ts";

type Mistakes = { email?: boolean; message?: boolean };

/** Shown while nobody is there: a message, and where an answer reaches its writer. */
export function OfflineForm({ chat, draft, drafts }: { chat: Chat; draft: string; drafts: Drafts }) {
  const { texts } = useWording();
  const [text, setText] = useState(() => drafts.read(draft));
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const form = useRef<HTMLFormElement>(null);
  const id = useId();

  /** In the order in which they stand below. */
  function fields(): { name: HTMLInputElement; email: HTMLInputElement } {
    const [name, email] = form.current?.querySelectorAll("input") ?? [];
    if (!name || !email) {
      throw new Error("a form without its fields");
    }
    return { name, email };
  }

  function submit(event: Event): void {
    event.preventDefault();
    const { name, email } = fields();
    const found: Mistakes = {
      ...(!isAddress(email) && { email: true }),
      ...(text.trim() === "" && { message: true }),
    };
    setMistakes(found);
    const [wrong] = Object.keys(found);
    if (wrong !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
      return;
    }
    const given = name.value.replace(/\p{Cc}/gu, " ").trim();
    chat.leave({ ...(given !== "" && { name: given }), email: email.value.trim() }, text);
    drafts.write(draft, "");
  }

  return (
    <form class="offline" noValidate ref={form} onSubmit={submit}>
      <label>
        {texts.name}
        <input name="name" autocomplete="name" maxLength={nameLimit} dir="auto" />
      </label>
      <label>
        {texts.email}
        <input
          name="email"
          type="email"
          required
          autocomplete="email"
          maxLength={254}
          aria-invalid={mistakes.email ?? false}
          aria-describedby={`${id}email`}
        />
      </label>
      <p class="mistake" id={`${id}email`} role="alert">
        {mistakes.email && texts.emailWrong}
      </p>
      <label>
        {texts.message}
        <textarea
          name="message"
          rows={3}
          required
          dir="auto"
          maxLength={messageLimit}
          value={text}
          aria-invalid={mistakes.message ?? false}
          aria-describedby={`${id}message`}
          onInput={(event) => {
            setText(event.currentTarget.value);
            drafts.write(draft, event.currentTarget.value);
          }}
        />
      </label>
      <p class="mistake" id={`${id}message`} role="alert">
        {mistakes.message && texts.messageMissing}
      </p>
      <button type="submit" class="main">
        {texts.leave}
      </button>
    </form>
  );
}

/** The browser's own judgement, and the dot that every address on the web has and a typing mistake often has not. */
function isAddress(field: HTMLInputElement): boolean {
  return field.validity.valid && /@[^@]+\.[^@.]+$/.test(field.value.trim());
}
