import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { watchFocus } from "./layout/focus-return.ts";
import { router } from "./routes.tsx";
import { queryClient } from "./session/session-query.ts";
import { startTexts } from "./texts/texts.ts";
import { shareStyleNonce } from "./theme/style-nonce.ts";
import { Themed } from "./theme/themed.tsx";

const place = document.getElementById("root");
if (place === null) {
  throw new Error("index.html has no #root");
}

shareStyleNonce();
watchFocus();
await startTexts();
createRoot(place).render(
  <StrictMode>
    <Themed>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Themed>
  </StrictMode>,
);
