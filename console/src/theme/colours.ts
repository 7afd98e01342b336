import type { CSSVariablesResolver, MantineColorsTuple } from "@mantine/core";

/** Petrol, Grata's own hue, from a wash to the darkest ink. White text is readable on 6 and everything darker. */
export const ink: MantineColorsTuple = [
  "#eef6f8",
  "#d9eaef",
  "#b3d5df",
  "#88bdcc",
  "#5fa5b9",
  "#3d8ea5",
  "#237a93",
  "#14657d",
  "#0f5065",
  "#0b3b4b",
];

/** The greys of the dark scheme, with a breath of the same hue. */
export const dark: MantineColorsTuple = [
  "#dfe7ea",
  "#b9c6cb",
  "#94a5ac",
  "#6c7f87",
  "#3a484e",
  "#2c393f",
  "#212c31",
  "#172024",
  "#11181b",
  "#0c1214",
];

/**
 * The colours that mean something in Grata, once for each scheme. Petrol is us, paper is them, honey is the one thing
 * to do next, and what waits grows from grey over amber to red: red itself is kept for what is late or lost. Mantine's
 * own greys for quiet text and its red for errors stay below the contrast of WCAG AA, so they are replaced as well.
 */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    "--grata-honey": "#ffc453",
    "--grata-honey-hover": "#ffd27c",
    "--grata-honey-text": "#2e2100",
    "--grata-alarm": "#c92a2a",
    "--grata-quick": "120ms ease-out",
  },
  light: {
    "--mantine-color-text": "#15252b",
    "--mantine-color-dimmed": "#51616a",
    "--mantine-color-placeholder": "#63737b",
    "--mantine-color-error": "#b42121",
    "--grata-bar": "#0c3543",
    "--grata-bar-text": "#f2f8f9",
    "--grata-bar-quiet": "#b5d0d8",
    "--grata-bar-line": "rgb(255 255 255 / 16%)",
    "--grata-bar-hover": "rgb(255 255 255 / 11%)",
    "--grata-ground": "#f1f4f4",
    "--grata-surface": "#ffffff",
    "--grata-line": "#dbe2e4",
    "--grata-hover": "#e6ecee",
    "--grata-selected": "#d3e7ed",
    "--grata-theirs": "#eef1f2",
    "--grata-ours": "#d6eaf0",
    "--grata-accent": "#14657d",
    "--grata-wait-fresh": "#51616a",
    "--grata-wait-warm": "#8a4b00",
    "--grata-wait-late": "#b3261e",
    "--grata-ring-fresh": "#7fb3c2",
    "--grata-ring-warm": "#e59a1c",
    "--grata-ring-late": "#d4372c",
    "--grata-wash-warm": "#fff3dc",
    "--grata-good": "#1f7a3d",
    "--grata-face-ground": "42% 86%",
    "--grata-face-text": "60% 22%",
    "--grata-shadow": "0 10px 32px rgb(12 53 67 / 16%), 0 2px 6px rgb(12 53 67 / 8%)",
  },
  dark: {
    "--mantine-color-text": "#e4ecee",
    "--mantine-color-dimmed": "#a3b3b9",
    "--mantine-color-placeholder": "#8fa0a7",
    "--mantine-color-error": "#ff8f85",
    "--grata-bar": "#0b2530",
    "--grata-bar-text": "#eaf3f5",
    "--grata-bar-quiet": "#a3c0c9",
    "--grata-bar-line": "rgb(255 255 255 / 14%)",
    "--grata-bar-hover": "rgb(255 255 255 / 9%)",
    "--grata-ground": "#0f1619",
    "--grata-surface": "#161f23",
    "--grata-line": "#2a363b",
    "--grata-hover": "#1d282c",
    "--grata-selected": "#183a46",
    "--grata-theirs": "#222d32",
    "--grata-ours": "#174352",
    "--grata-accent": "#6cc0d6",
    "--grata-wait-fresh": "#a3b3b9",
    "--grata-wait-warm": "#ffc26b",
    "--grata-wait-late": "#ff9a8f",
    "--grata-ring-fresh": "#3f7f92",
    "--grata-ring-warm": "#e8a33a",
    "--grata-ring-late": "#ef6155",
    "--grata-wash-warm": "#3a2c10",
    "--grata-good": "#74d893",
    "--grata-face-ground": "32% 26%",
    "--grata-face-text": "62% 86%",
    "--grata-shadow": "0 10px 32px rgb(0 0 0 / 55%), 0 2px 6px rgb(0 0 0 / 40%)",
  },
});
