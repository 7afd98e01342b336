import { ToldNotice } from "../../notifications/told-notice.tsx";
import { PutBackNotice } from "../../presence/put-back-notice.tsx";

/** Notices on every page: chats that went back to the wait list, and news from colleagues. */
export function SoonNotices() {
  return (
    <>
      <PutBackNotice />
      <ToldNotice />
    </>
  );
}
