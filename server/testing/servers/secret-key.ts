/** What test nodes seal their secrets with; without it each would leave a key file behind. */
export const secretKey = Buffer.alloc(32, 7).toString("base64");
