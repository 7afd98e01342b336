import mark from "../../ui/theme/grata.svg?raw";

/** Grata's mark with a red number on it, as the address of a picture. */
export function tabIcon(count: number): string {
  const shown = Math.min(count, 99);
  const badge =
    '<circle cx="22" cy="22" r="10" fill="#c62a2f"/>' +
    `<text x="22" y="26.5" fill="#fff" font-family="sans-serif" font-size="${shown > 9 ? 11 : 14}" font-weight="700" text-anchor="middle">${shown}</text>`;
  return `data:image/svg+xml,${encodeURIComponent(mark.replace("</svg>", `${badge}</svg>`))}`;
}
