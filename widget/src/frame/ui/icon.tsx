const paths = {
  close: "M6 6l12 12M18 6L6 18",
  attach: "M15 7l-6.5 6.5a1.5 1.5 0 003 3L18 10a3 3 0 00-6-6l-6.5 6.5a4.5 4.5 0 009 9L21 13",
  download: "M12 4v11m-5-5l5 5 5-5M5 20h14",
  send: "M4 12l16-8-5 16-3.5-6.5zM11.5 13.5L20 4",
  smile: "M12 3a9 9 0 100 18 9 9 0 000-18zM8.5 14.5a4.3 4.3 0 007 0M9 9.5v.1M15 9.5v.1",
};

/** One of the few drawings of the window; what it means is said by the button around it. */
export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
