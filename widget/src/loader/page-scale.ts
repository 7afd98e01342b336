/**
 * How many pixels of the page its reader sees as one. More than one on a phone, when the page does not say that it is
 * made for phones (no `<meta name="viewport">`): browsers lay it out 980 pixels wide then, and shrink it. The width of
 * the screen is what is in sight, however far somebody has zoomed in, times the zoom.
 */
export function pageScale(): number {
  const view = visualViewport;
  const scale = view ? document.documentElement.clientWidth / (view.width * view.scale) : 1;
  // Scroll bars and rounding are no shrinking.
  return scale > 1.15 && Number.isFinite(scale) ? scale : 1;
}
