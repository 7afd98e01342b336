/** The longest message, in UTF-16 code units, as every browser's `maxlength` counts them. */
export const messageLimit = 10_000;
export const nameLimit = 120;
export const quickReplyTextLimit = 2_000;
export const passwordMinimum = 15;
export const passwordLimit = 256;
/** A note about a customer, a tag, a custom field of text. */
export const noteLimit = 2_000;
export const tagLimit = 40;
export const fieldTextLimit = 500;
/** What somebody looks for. */
export const searchLimit = 200;
