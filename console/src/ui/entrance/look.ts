import { type Look, look } from "@grata/contract/own-entrance";
import { useParams } from "@tanstack/react-router";

/** What the server wrote into this page of whose own page it is; null: it is everybody's. */
function readLook(): Look | null {
  const written = document.querySelector<HTMLMetaElement>('meta[name="grata-look"]')?.content ?? "";
  return written.startsWith("{") ? (look.safeParse(JSON.parse(written)).data ?? null) : null;
}

const pageLook = readLook();

/** The organisation whose own page this is, by its host name or by its address; null: it is everybody's. */
export function useLook(): Look | null {
  const { slug } = useParams({ strict: false });
  return pageLook !== null && (pageLook.slug === null || pageLook.slug === slug) ? pageLook : null;
}
