import { measureEntrance } from "./measure-entrance.ts";

/** Finds out which entrance is fastest from here and says so, where the page offers several. */
async function compare(section: HTMLElement): Promise<void> {
  const words = section.dataset;
  const verdict = section.querySelector<HTMLElement>(".verdict");
  const items = [...section.querySelectorAll<HTMLElement>("[data-address]")];
  tell(verdict, words.measuring);
  section.setAttribute("aria-busy", "true");
  const measured = await Promise.all(
    items.map(async (item) => {
      const time = await measureEntrance(item.dataset.address ?? "");
      const said = time === null ? words.unreachable : words.time?.replace("#", String(Math.ceil(time)));
      tell(item.querySelector("small"), said);
      return { item, time: time ?? Number.POSITIVE_INFINITY };
    }),
  );
  const [fastest] = measured
    .filter(({ time }) => Number.isFinite(time))
    .sort((one, other) => one.time - other.time);
  if (fastest === undefined) {
    tell(verdict, words.none);
  } else {
    fastest.item.classList.add("fastest");
    tell(fastest.item.querySelector("em"), words.fastest);
    const host = fastest.item.querySelector("bdi")?.textContent ?? "";
    tell(
      verdict,
      words.verdict?.replace("#", () => host),
    );
  }
  section.removeAttribute("aria-busy");
}

function tell(place: Element | null, text: string | undefined): void {
  if (place !== null) {
    place.textContent = text ?? "";
  }
}

const section = document.querySelector<HTMLElement>(".entrances");
if (section !== null) {
  await compare(section);
}
