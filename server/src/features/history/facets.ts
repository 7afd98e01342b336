/** What a message belongs to, indexed beside its words. No word has a colon in it. */
export const facets = {
  customer: (customerId: string) => `customer:${customerId}`,
  channel: (channelId: string) => `channel:${channelId}`,
  /** Somebody who took part in the chat, before or after. */
  user: (userId: string) => `user:${userId}`,
  /** Has more terms than are indexed. Those from before there was a limit are indexed whole, and do not have this. */
  cut: "cut:",
};

/** How many messages share a row of a term. Their places in it fit into a `smallint`. */
export const bucketLength = 8_192;

export const bucketOf = (number: number) => Math.floor(number / bucketLength);
export const placeOf = (number: number) => number % bucketLength;
