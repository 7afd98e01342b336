import type { Attachment, FilePurpose } from "@grata/contract/files";
import { uploadedFile } from "@grata/contract/files";
import type { HttpAnswer } from "../checks/http.ts";
import { newClientId } from "./people.ts";

/** Who uploads or downloads: an agent in a conversation, or a visitor of a channel. */
export type Holder = { cookie: string; conversationId: string } | { token: string; channelId: string };

export type Sent = {
  name: string;
  content: Buffer | string | ReadableStream;
  id?: string;
  purpose?: FilePurpose;
  headers?: object;
};

const baseOf = (holder: Holder) =>
  "cookie" in holder
    ? `/api/conversations/${holder.conversationId}/files`
    : `/api/webchat/${holder.channelId}/files`;

const identityOf = (holder: Holder): Record<string, string> =>
  "cookie" in holder ? { cookie: holder.cookie } : { authorization: `Bearer ${holder.token}` };

/** Uploads as a browser does. */
export async function putFile(
  node: { url: string },
  holder: Holder,
  { name, content, id = newClientId(), purpose = "file", headers = {} }: Sent,
): Promise<HttpAnswer> {
  const answer = await fetch(`${node.url}${baseOf(holder)}/${id}`, {
    method: "PUT",
    headers: {
      ...identityOf(holder),
      "content-type": "application/octet-stream",
      "x-file-name": encodeURIComponent(name),
      "x-file-purpose": purpose,
      ...headers,
    },
    body: content instanceof Buffer ? new Uint8Array(content) : content,
    duplex: "half",
  } as RequestInit);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** The same where it has to succeed. */
export async function uploadFile(node: { url: string }, holder: Holder, sent: Sent): Promise<Attachment> {
  const answer = await putFile(node, holder, sent);
  if (answer.status !== 200) throw new Error(`The upload of ${sent.name} was refused: ${answer.text}`);
  return uploadedFile.parse(JSON.parse(answer.text)).file;
}

export type Fetched = { status: number; headers: Headers; content: Buffer };

/** Downloads a file, or its thumbnail. */
export async function getFile(
  node: { url: string },
  holder: Holder,
  id: string,
  part: "content" | "thumbnail" = "content",
  headers: Record<string, string> = {},
): Promise<Fetched> {
  const answer = await fetch(`${node.url}${baseOf(holder)}/${id}/${part}`, {
    headers: { ...identityOf(holder), ...headers },
  });
  return {
    status: answer.status,
    headers: answer.headers,
    content: Buffer.from(await answer.arrayBuffer()),
  };
}
