/**
 * Grata's icons by what they mean: one set, of one stroke, so that the same thing looks the same everywhere. Each is
 * a few hundred bytes of its own.
 */
export {
  IconAlertTriangle as WarningIcon,
  IconArrowDown as ToEndIcon,
  IconArrowLeft as BackIcon,
  IconCheck as SentIcon,
  IconCheck as DoneIcon,
  IconChecks as DeliveredIcon,
  IconChevronDown as OpenIcon,
  IconCircleCheckFilled as ConnectedIcon,
  IconClock as WaitingIcon,
  IconCloudOff as LostIcon,
  IconExternalLink as NewWindowIcon,
  IconHelpCircle as HelpIcon,
  IconHelpCircle as UnknownIcon,
  IconInfoCircle as DetailsIcon,
  IconLanguage as LanguageIcon,
  IconLayoutDashboard as AdminIcon,
  IconLoader as ConnectingIcon,
  IconLogout as SignOutIcon,
  IconMessage2 as ChatIcon,
  IconMessageOff as GoneIcon,
  IconMoodSmile as EmojiIcon,
  IconPlugConnectedX as RefusedIcon,
  IconRefreshAlert as ReloadIcon,
  IconRosetteDiscountCheck as VerifiedIcon,
  IconSend2 as SendIcon,
  IconWorld as WebChatIcon,
  IconX as CloseIcon,
  type TablerIcon as Icon,
} from "@tabler/icons-react";
