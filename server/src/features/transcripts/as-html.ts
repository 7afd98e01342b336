import type { Language } from "@grata/contract/languages";
import type { TranscriptEntry, TranscriptHead } from "@grata/contract/transcripts";
import { escapeHtml } from "./escape.ts";
import { formatBytes } from "./format-bytes.ts";
import type { Transcript } from "./read-transcript.ts";
import { policy, style } from "./style.ts";
import { fill, sentenceOfEvent, wordsIn } from "./words.ts";

/** Where a file lies beside the page, if it does. */
export type PathOf = (file: NonNullable<TranscriptEntry["file"]>) => string | null;

/** A transcript as one page that needs nothing else: to read on any screen, and to print. */
export async function* asHtml(
  { head, pages }: Transcript,
  language: Language,
  pathOf: PathOf = () => null,
): AsyncGenerator<string> {
  const words = wordsIn(language);
  const writer = pageWriter(head, language, pathOf);
  yield writer.begin();
  let isEmpty = true;
  for await (const page of pages()) {
    isEmpty = false;
    yield page.map(writer.line).join("");
  }
  yield `${isEmpty ? `<li class="event">${words.empty}</li>` : ""}</ol></main></body></html>\n`;
}

function pageWriter(head: TranscriptHead, language: Language, pathOf: PathOf) {
  const words = wordsIn(language);
  const { timeZone } = head;
  const dayFormat = new Intl.DateTimeFormat(language, { timeZone, dateStyle: "full" });
  const timeFormat = new Intl.DateTimeFormat(language, { timeZone, timeStyle: "medium" });
  const momentFormat = new Intl.DateTimeFormat(language, { timeZone, dateStyle: "long", timeStyle: "short" });
  const customer = nameIn(head.customer.name) ?? fill(words.visitor, { reference: head.customer.reference });
  let day = "";

  /** Names stand apart, so that one from right to left leaves what is around it in its order. */
  const named = (name: string) => `<bdi>${escapeHtml(name)}</bdi>`;
  const fact = (name: string, value: string | null) =>
    value === null ? "" : `<dt>${escapeHtml(name)}</dt><dd>${value}</dd>`;

  function begin(): string {
    const title = escapeHtml(fill(words.title, { name: customer }));
    const page = head.source.page;
    return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${title}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(words.title).replace("{{name}}", () => named(customer))}</h1><dl>
${fact(words.channel, named(head.channel.name))}
${fact(words.opened, momentFormat.format(head.opened.at))}
${fact(words.closed, head.closed && momentFormat.format(head.closed.at))}
${fact(words.servedBy, head.servedBy && named(head.servedBy))}
${fact(words.page, page && `${named(page.title)} <span class="quiet">${escapeHtml(page.url)}</span>`)}
${fact(words.times, escapeHtml(timeZone))}
</dl><ol>
`;
  }

  function line(entry: TranscriptEntry): string {
    const today = dayFormat.format(entry.at);
    const heading = today === day ? "" : `</ol><h2>${escapeHtml(today)}</h2><ol>\n`;
    day = today;
    return heading + (entry.text === null ? event(entry) : message(entry));
  }

  function event(entry: TranscriptEntry): string {
    const sentence = escapeHtml(sentenceOfEvent(entry, language));
    return `<li class="event">${sentence} · ${time(entry)}${teamOnly(entry)}</li>\n`;
  }

  function message(entry: TranscriptEntry): string {
    const { author, text, file, audience } = entry;
    const side = author.kind === "customer" ? "theirs" : "ours";
    const who = author.kind === "customer" ? customer : (nameIn(author.name) ?? words.authors[author.kind]);
    const shownAs =
      author.shownAs === null ? "" : ` (${fill(escapeHtml(words.shownAs), { name: named(author.shownAs) })})`;
    const said = text ? `<p class="words" dir="auto">${escapeHtml(text)}</p>` : "";
    return `<li class="message ${side}${audience === "team" ? " team" : ""}"><div class="about"><span class="who">${named(who)}${shownAs}</span>${time(entry)}${teamOnly(entry)}</div>${said}${file ? fileLine(file) : ""}</li>\n`;
  }

  function fileLine(file: NonNullable<TranscriptEntry["file"]>): string {
    const path = pathOf(file);
    const name = named(file.name);
    const link = path === null ? name : `<a href="${escapeHtml(encodeURI(path))}">${name}</a>`;
    const about = `${words.files[file.kind]}, ${formatBytes(file.bytes, language)}`;
    return `<p class="file">📎 ${link} <span class="quiet">(${escapeHtml(about)})</span></p>`;
  }

  const time = ({ at, time: machine }: TranscriptEntry) =>
    `<time datetime="${machine}">${escapeHtml(timeFormat.format(at))}</time>`;
  const teamOnly = ({ audience }: TranscriptEntry) =>
    audience === "team" ? ` <em>${escapeHtml(words.teamOnly)}</em>` : "";

  return { begin, line };
}

const nameIn = (name: string | null): string | null => (name === null || name.trim() === "" ? null : name);
