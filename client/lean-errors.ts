import { codeShape, errorCodes, errors } from "@grata/contract/error-codes";
import type { Plugin } from "vite";

/**
 * Leaves of the contract's errors what a browser reads of them: which codes there are, and after which the same request
 * may be sent again. Their HTTP statuses are the server's business, and a list of words packs better than a table.
 */
export function leanErrors(): Plugin {
  const codes = (retry: boolean) => errorCodes.filter((code) => errors[code].retry === retry).join(" ");
  return {
    name: "grata:lean-errors",
    transform: {
      filter: { id: /\/contract\/src\/error-codes\.ts$/ },
      handler: () => ({
        code: `const coded = (codes, retry) => codes.split(" ").map((code) => [code, { retry }]);
export const errors = Object.fromEntries([
  ...coded(${JSON.stringify(codes(false))}, false), ...coded(${JSON.stringify(codes(true))}, true)]);
export const errorCodes = Object.keys(errors);
export const codeShape = ${codeShape};`,
        map: null,
      }),
    },
  };
}
