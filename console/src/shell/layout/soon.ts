/**
 * What the frame of every page shows soon after its first sight, in one chunk: each chunk of its own would cost the
 * first page its name.
 */
export { TestDock } from "../../console-test/test-dock.tsx";
export { HeaderPresence } from "../../presence/header-presence.tsx";
export { Shortcuts } from "../shortcuts/shortcuts.tsx";
export { SoonNotices } from "./soon-notices.tsx";
export { UserMenuEntries } from "./user-menu-entries.tsx";
