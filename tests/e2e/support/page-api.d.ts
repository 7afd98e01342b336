import type { PageFunctions } from "@grata/contract/embedding";

declare global {
  interface Window {
    grata?: PageFunctions;
  }
}
