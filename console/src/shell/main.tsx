import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "../session/session-query.ts";
import { watchFocus } from "../ui/parts/focus-return.ts";
import { startTexts } from "../ui/texts/texts.ts";
import { shareStyleNonce } from "../ui/theme/style-nonce.ts";
import { Themed } from "../ui/theme/themed.tsx";
import { router } from "./routes.tsx";

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
