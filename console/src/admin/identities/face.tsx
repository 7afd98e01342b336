import { pathOf } from "@grata/client/route-address";
import { readAvatar } from "@grata/contract/routes/agent-identities";
import { useState } from "react";
import { initialsOf } from "../../ui/names/customer-name.ts";
import styles from "./face.module.css";

interface FaceProps {
  name: string;
  /** The address of the picture; null: there is none. */
  picture: string | null;
}

/** The address of a picture with this hash. */
export const avatarAddress = (hash: string | null) => (hash === null ? null : pathOf(readAvatar, { hash }));

/** The face of an identity: its picture, or letters where there is none or it cannot be shown. Words beside it say who. */
export function Face({ name, picture }: FaceProps) {
  const [broken, setBroken] = useState<string | null>(null);
  return (
    <span className={styles.face} aria-hidden>
      {picture === null || picture === broken ? (
        initialsOf(name)
      ) : (
        <img src={picture} alt="" onError={() => setBroken(picture)} />
      )}
    </span>
  );
}
