/** The text of a list that was saved as a file: spreadsheets in China write GB 18030, everybody else UTF-8. */
export function readListFile(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
