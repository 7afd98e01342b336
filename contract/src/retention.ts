/** How long an organisation keeps what was said in closed chats. */
import * as z from "zod/mini";
import { fails } from "./text.ts";

/** The shortest and the longest time that may be chosen, in days. */
export const retentionLimits = { least: 30, most: 3_650 } as const;

/** Null: it is kept until somebody erases it. */
export const retention = z.object({
  days: z.nullable(
    z
      .int(fails("retention_invalid"))
      .check(
        z.minimum(retentionLimits.least, fails("retention_invalid")),
        z.maximum(retentionLimits.most, fails("retention_invalid")),
      ),
  ),
});
export type Retention = z.infer<typeof retention>;
