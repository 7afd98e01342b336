import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** Grata's own blue, from a wash to the darkest ink. White text is readable on 6 and everything darker. */
const ink: MantineColorsTuple = [
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

/** The greys of the dark scheme, with a breath of the same blue. */
const dark: MantineColorsTuple = [
  "#d5dbe0",
  "#b4bcc4",
  "#8f99a3",
  "#6b7681",
  "#3e4750",
  "#333b43",
  "#262c32",
  "#1a1e22",
  "#15181b",
  "#101315",
];

export const theme = createTheme({
  colors: { ink, dark },
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: "md",
  fontFamily: "var(--grata-fonts)",
  headings: { fontFamily: "var(--grata-fonts)", fontWeight: "600" },
  cursorType: "pointer",
  respectReducedMotion: true,
});

/**
 * The colours that mean something in Grata, once for each scheme. Mantine's own greys for quiet text and its red for
 * errors stay below the contrast that WCAG AA asks for, so they are replaced here.
 */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#56606a",
    "--mantine-color-placeholder": "#68727d",
    "--mantine-color-error": "#c22525",
    "--grata-ground": "#f4f6f8",
    "--grata-surface": "#ffffff",
    "--grata-line": "#dde3e8",
    "--grata-hover": "#eef2f5",
    "--grata-selected": "#dcecf1",
    "--grata-theirs": "#eef1f4",
    "--grata-ours": "#d9eaef",
    "--grata-urgent": "#a14400",
    "--grata-alarm": "#c92a2a",
    "--grata-good": "#1f7a3d",
  },
  dark: {
    "--mantine-color-dimmed": "#a7b0b8",
    "--mantine-color-placeholder": "#939ca4",
    "--mantine-color-error": "#ff8787",
    "--grata-ground": "#101315",
    "--grata-surface": "#1a1e22",
    "--grata-line": "#323a41",
    "--grata-hover": "#242a2f",
    "--grata-selected": "#1d3944",
    "--grata-theirs": "#272d33",
    "--grata-ours": "#1b4453",
    "--grata-urgent": "#ffb27a",
    "--grata-alarm": "#c92a2a",
    "--grata-good": "#74d893",
  },
});
