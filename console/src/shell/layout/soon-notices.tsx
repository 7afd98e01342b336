import { ToldNotice } from "../../notifications/told-notice.tsx";
import { PutBackNotice } from "../../presence/put-back-notice.tsx";

/** What is said to the user on whatever page: chats that went back, and what colleagues tell them. */
export function SoonNotices() {
  return (
    <>
      <PutBackNotice />
      <ToldNotice />
    </>
  );
}
