import { Anchor, type AnchorProps } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useLook } from "./look.ts";

interface EntranceLinkProps extends Pick<AnchorProps, "size"> {
  to: "signIn" | "recover";
  children: ReactNode;
}

/** A link between the pages before the console; on an organisation's own pages it stays among those. */
export function EntranceLink({ to, children, ...props }: EntranceLinkProps) {
  const slug = useLook()?.slug ?? null;
  return (
    <Anchor
      {...props}
      renderRoot={(root) =>
        slug === null ? (
          <Link {...root} to={to === "recover" ? "/recover" : "/sign-in"} />
        ) : (
          <Link {...root} to={to === "recover" ? "/$slug/recover" : "/$slug"} params={{ slug }} />
        )
      }
    >
      {children}
    </Anchor>
  );
}
