/** Whether this is a Mac, an iPad or an iPhone, whose keys have other names. */
export const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
