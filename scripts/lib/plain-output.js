// @ts-check

/**
 * What keeps colours out of the output where it is no terminal: with CI set the tools would colour a log file too.
 * @type {{ environment: Record<string, string>, linterOptions: string[] }}
 */
export const plainOutput = process.stdout.isTTY
  ? { environment: {}, linterOptions: [] }
  : { environment: { NO_COLOR: "1" }, linterOptions: ["--colors=off"] };
