import { listChannels } from "@grata/contract/routes/channels";
import { useQuery } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { fieldsQuery, tagsQuery } from "../customers/requests.ts";

/** Loads the channels, tags and custom fields that conditions can refer to. */
export function useWorld() {
  const channels = useQuery({
    queryKey: ["routing", "channels"],
    queryFn: async () => (await call(listChannels)).channels,
    staleTime: 0,
  });
  const tags = useQuery(tagsQuery);
  const fields = useQuery(fieldsQuery);
  return {
    channels: channels.data ?? [],
    tags: tags.data?.tags ?? [],
    fields: fields.data?.fields ?? [],
  };
}
