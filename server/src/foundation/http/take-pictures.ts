import { logoLimits, logoTypes } from "@grata/contract/own-entrance";
import type { FastifyError } from "fastify";
import { Refusal } from "../refusal/refusal.ts";
import type { TypedApp } from "./routes.ts";

/**
 * Makes the routes of this part of the application take pictures instead of JSON, and say in other words when one is too
 * large. Throws `logo_too_large`, `logo_type_unknown`.
 */
export function takePictures(uploads: TypedApp): void {
  uploads.removeAllContentTypeParsers();
  uploads.addContentTypeParser(
    [...logoTypes],
    { parseAs: "buffer", bodyLimit: logoLimits.bytes },
    (_request, file, done) => done(null, file),
  );
  uploads.setErrorHandler((error: FastifyError) => {
    if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") throw new Refusal("logo_too_large");
    if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") throw new Refusal("logo_type_unknown");
    throw error;
  });
}
