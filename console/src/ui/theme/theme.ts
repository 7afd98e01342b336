import { createTheme, Loader, NativeSelect } from "@mantine/core";
import { createElement } from "react";
import { dark, ink } from "./colours.ts";
import { OpenIcon } from "./icons.ts";

/**
 * Type, space and shape. One text size for what is read (14 px), one below it for what is glanced at (12), two above
 * it for titles; space in steps of four pixels; two radii, for what one presses and for what stands by itself.
 */
export const theme = createTheme({
  colors: { ink, dark },
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: "md",
  radius: { xs: "0.25rem", sm: "0.375rem", md: "0.5rem", lg: "0.875rem", xl: "2rem" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  fontFamily: "var(--grata-fonts)",
  headings: {
    fontFamily: "var(--grata-fonts)",
    fontWeight: "650",
    sizes: {
      h2: { fontSize: "1.5rem", lineHeight: "1.3" },
      h3: { fontSize: "1.125rem", lineHeight: "1.35" },
      h4: { fontSize: "0.9375rem", lineHeight: "1.35" },
      h5: { fontSize: "0.8125rem", lineHeight: "1.4" },
    },
  },
  shadows: { md: "var(--grata-shadow)" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // A name needs a role, or screen readers pass it over.
    Loader: Loader.extend({ defaultProps: { role: "status" } }),
    // The size of Mantine's own arrow stands in the looks of lists that one types into, which are loaded later.
    NativeSelect: NativeSelect.extend({
      defaultProps: { rightSection: createElement(OpenIcon, { size: 16, "aria-hidden": true }) },
    }),
  },
});
