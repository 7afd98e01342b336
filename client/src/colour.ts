/** Colours that can be read: WCAG 2.2's contrast, computed for whatever colour a shop has chosen. */
type Rgb = [number, number, number];

const white = "#ffffff";
const black = "#000000";

function parse(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function luminance(colour: string): number {
  const [red, green, blue] = parse(colour).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** White or black, whichever is read better on this colour: one of the two always has 4.5. */
export function textOn(colour: string): string {
  return contrast(colour, white) >= 4.5 || contrast(colour, white) > contrast(colour, black) ? white : black;
}

/** The colour itself, or as little darker or lighter as it takes to be read on this paper. */
export function legibleOn(colour: string, paper: string): string {
  const goal = luminance(paper) > 0.4 ? 0 : 255;
  for (let step = 0; step < 20; step++) {
    const mixed = mix(colour, goal, step / 20);
    if (contrast(mixed, paper) >= 4.5) {
      return mixed;
    }
  }
  return goal === 0 ? black : white;
}

function mix(colour: string, goal: number, share: number): string {
  const channels = parse(colour).map((channel) => Math.round(channel + (goal - channel) * share));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
