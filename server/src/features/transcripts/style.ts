import { createHash } from "node:crypto";

/** The look of a transcript, in a file of its own: on a light or a dark screen, on a narrow one, and on paper. */
const light =
  "--ground:#f1f4f4;--sheet:#fff;--text:#15252b;--quiet:#51616a;--line:#dbe2e4;--theirs:#eef1f2;--ours:#d6eaf0;--team:#fff3dc;--accent:#14657d";
const dark =
  "--ground:#0c1214;--sheet:#172024;--text:#e4ecee;--quiet:#a3b3b9;--line:#3a484e;--theirs:#212c31;--ours:#123a48;--team:#3a2e12;--accent:#88bdcc";

export const style = `
:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,"PingFang SC","PingFang TC","Microsoft YaHei","Microsoft JhengHei","Noto Sans CJK SC",sans-serif}
main{max-width:48rem;margin:2rem auto;padding:2rem;background:var(--sheet);border:1px solid var(--line);border-radius:12px}
h1{margin:0 0 1rem;font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.25rem;margin:0 0 1.5rem;padding-bottom:1.5rem;border-bottom:1px solid var(--line)}
dt,.quiet{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere}
h2{margin:1.75rem 0 .75rem;font-size:.875rem;font-weight:600;color:var(--quiet);text-align:center}
ol{margin:0;padding:0;list-style:none}
li{margin:0 0 .75rem;break-inside:avoid}
li.event{text-align:center;font-size:.875rem;color:var(--quiet)}
li.message{max-width:85%;width:fit-content;padding:.5rem .875rem;border-radius:12px;background:var(--theirs)}
li.ours{margin-left:auto;background:var(--ours)}
li.team{background:var(--team);border:1px dashed var(--quiet)}
.about{display:flex;flex-wrap:wrap;gap:0 .75rem;font-size:.8125rem;color:var(--quiet)}
.who{font-weight:600;color:var(--text)}
.words{margin:.125rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere}
.file{margin:.25rem 0 0;overflow-wrap:anywhere}
a{color:var(--accent)}
@media (max-width:40rem){main{margin:0;padding:1.25rem 1rem;border:0;border-radius:0}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}li.message{max-width:95%}}
@media print{:root{${light};--ground:#fff}main{margin:0;padding:0;border:0;max-width:none}li.message{border:1px solid var(--line)}}
`;

/** What a transcript may do when it is opened from a disk: nothing but look like this. */
export const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;
