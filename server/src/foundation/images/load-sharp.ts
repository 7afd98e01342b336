/** Which decoders a picture may reach, of those that sharp brings. */
const loaders = ["Png", "Jpeg", "Webp", "Nsgif", "Heif"].map((format) => `VipsForeignLoad${format}Buffer`);

/**
 * Loaded with the first picture: its native library costs a node 20 MB that many never need. What is blocked is blocked
 * in the whole process, so that it is decided here once.
 */
export async function loadSharp() {
  const { default: sharp } = await import("sharp");
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: loaders });
  return sharp;
}
