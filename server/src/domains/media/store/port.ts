import type { Readable } from "node:stream";

/** Where a content lies: by its hash, apart for each organisation. */
export type ContentKey = { organisationId: string; hash: string };

/** In memory, or in a file of this machine that the store may take away. */
export type Content = Buffer | { path: string };

/** The first and the last byte that are wanted. */
export type ByteRange = { start: number; end: number };

/** Keeps contents under their hashes. All of it may be repeated: what was done already is done. */
export type FileStore = {
  /** Resolves once the content would outlive a power cut. Throws `StoreFull`, or what the disk says. */
  put(key: ContentKey, content: Content): Promise<void>;
  /** Throws `ContentMissing` where there is none. */
  read(key: ContentKey, range?: ByteRange): Promise<Readable>;
  remove(key: ContentKey): Promise<void>;
};

/** Something that a row tells of is not in the store: the operator lost it, or looks in the wrong place. */
export class ContentMissing extends Error {
  constructor({ organisationId, hash }: ContentKey) {
    super(`The file store has no content ${organisationId}/${hash}.`);
    this.name = "ContentMissing";
  }
}

/** The store has no room for more. */
export class StoreFull extends Error {
  override readonly name = "StoreFull";
}
