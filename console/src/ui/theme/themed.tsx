import "./mantine.css";
import "./global.css";
import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { cssVariablesResolver } from "./colours.ts";
import { styleNonce } from "./style-nonce.ts";
import { theme } from "./theme.ts";

/** Gives everything inside it Grata's look, light or dark as the reader's system says. */
export function Themed({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      {children}
    </MantineProvider>
  );
}
