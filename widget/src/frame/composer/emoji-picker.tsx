import { useLayoutEffect, useRef } from "preact/hooks";
import { useWording } from "../chat/wording.ts";

/** Some that people use in a chat with a shop; every other one comes from their own keyboard. */
const groups = {
  smileys:
    "😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😋 😛 😜 🤪 🤗 🤭 🤔 🤐 😐 😏 🙄 😬 😌 😔 😴 😷 🤒 🤢 🥵 🥶 🤯 🥳 😎 🤓 😕 🙁 😮 😲 😳 🥺 😢 😭 😱 😤 😡",
  gestures: "👍 👎 👌 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 ☝️ ✋ 👋 👏 🙌 🤝 🙏 💪 ✍️ 👀 🧑‍💻 🙋 🤷 🤦 💁",
  nature: "🐶 🐱 🐼 🦊 🐯 🐸 🐵 🐔 🦄 🐝 🦋 🌸 🌹 🌻 🌲 🍀 🍁 🌈 ☀️ ⛅ 🌧️ ❄️ 🌙 ⭐ 🔥 💧",
  food: "🍎 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍑 🍅 🥑 🥕 🌽 🍞 🧀 🍔 🍕 🍜 🍣 🥟 🍰 🎂 🍪 🍫 ☕ 🍵 🧋 🍺 🍷",
  things: "🎁 🎈 🎉 📦 🛒 🛍️ 💳 💰 🧾 📱 💻 🖨️ 📷 🎧 🎮 👕 👗 👟 👜 💍 💄 🔧 🔑 🏠 🚗 🚲 ✈️ 📅 ⏰ 📍",
  symbols: "❤️ 🧡 💛 💚 💙 💜 🖤 💔 💯 ✅ ❌ ❓ ❗ ⚠️ ➕ ➖ ➡️ ⬅️ ⬆️ ⬇️ 🔴 🟢 🔵 🆗 🆕 🔝",
};

/** A small set of emoji in groups. Arrow keys go through a group, Tab goes to the next one. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { texts } = useWording();
  const place = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => place.current?.querySelector("button")?.focus(), []);

  return (
    <div ref={place}>
      {Object.entries(groups).map(([group, emoji]) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid everywhere.
        <div
          class="emoji-group"
          role="group"
          aria-label={texts[group as keyof typeof groups]}
          key={group}
          onKeyDown={move}
        >
          {emoji.split(" ").map((one, index) => (
            <button type="button" key={one} tabIndex={index === 0 ? 0 : -1} onClick={() => onPick(one)}>
              {one}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

function move(event: KeyboardEvent): void {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8 };
  const step = steps[event.key];
  const { currentTarget: group, target } = event;
  if (step === undefined || !(group instanceof Element)) {
    return;
  }
  const buttons = [...group.querySelectorAll("button")];
  const next = buttons[buttons.indexOf(target as HTMLButtonElement) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
