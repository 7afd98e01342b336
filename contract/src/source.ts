/** Where a chat began: the page that carried the window, and the page before that. */
import * as z from "zod/mini";

const addressLimit = 2_000;
const titleLimit = 300;

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** An address that a browser may open: http or https, nothing else. */
export const webAddress = z.string().check(z.maxLength(addressLimit), z.refine(isWebAddress));

/** A page as its visitor sees it. The title is the page's own word, and may be empty. */
export const page = z.object({
  url: webAddress,
  title: z.string().check(
    z.maxLength(titleLimit),
    z.refine((value) => value.isWellFormed() && !value.includes("\0")),
  ),
});
export type Page = z.infer<typeof page>;

/** What the team is shown of it. What a page says of itself is never to be trusted. */
export const source = z.object({ page: z.nullable(page), referrer: z.nullable(webAddress) });
export type Source = z.infer<typeof source>;
