/** Ends what a name may turn around: it stands in the middle of a sentence of ours. */
export const isolate = (text: string) => `\u2068${text}\u2069`;
