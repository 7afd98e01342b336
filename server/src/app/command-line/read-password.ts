import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/**
 * Reads a password: typed without an echo at a terminal, else the first line of standard input, exactly as it stands
 * there. Never from the arguments, which every user of the machine can see.
 */
export async function readPassword(question: string): Promise<string> {
  const terminal = process.stdin.isTTY;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal });
  try {
    if (terminal) process.stderr.write(question);
    for await (const line of lines) {
      if (terminal) process.stderr.write("\n");
      return line;
    }
    return "";
  } finally {
    lines.close();
  }
}
