/**
 * Everything that looks across organisations, with the reason. Each is a SECURITY DEFINER function of the database,
 * owned by a role that nobody logs in as. A test holds this list, and the one below, against the database.
 */
export const systemFunctions = {
  system_has_organisation: "The set-up link works only while no organisation exists.",
  system_account_of: "At sign-in the organisation is not known yet: the address tells it.",
  system_pending_sign_in: "The cookie of a sign-in that owes its second step names it as a session's does.",
  system_passkey: "A passkey that signs in alone names itself, and the passkey names the organisation.",
  system_session_of: "For the next one, and for nodes of the release before.",
  system_user_of_session: "For the next one, and for nodes of the release before.",
  system_principal_of_session: "A cookie names a session, and the session names the organisation.",
  system_states_of_sessions: "For the next one, and for nodes of the release before.",
  system_users_of_sessions: "For the next one, and for nodes of the release before.",
  system_principals_of_sessions:
    "Once in a while each node ends the sockets of sessions that ended elsewhere.",
  system_secrets: "What the next two look at; the application itself may not call it.",
  system_secret_keys: "At its start a node makes sure that its keys open every secret, whosever it is.",
  system_secrets_outside: "The rotation of keys seals every secret anew, whosever it is.",
  system_account: "For nodes of the release before, while they still serve.",
  system_signed_in: "The same.",
  system_session_states: "The same.",
  system_link: "The secret of a mailed link names the link, and the link names the organisation.",
  system_lease_mail: "A mail worker sends what has been due longest, whosever it is.",
  system_user_by_email: "The same.",
  system_session: "The same.",
  system_live_sessions: "The same.",
  system_channel: "A snippet and a channel's callback name a channel; the channel names the organisation.",
  system_first_webchat: "The page /try belongs to the installation and shows the first web chat.",
  system_webchat: "The same, with what the window of a web chat looks like.",
  system_note_connected: "For nodes of the release before, while they still serve.",
  system_note_sessions:
    "Once in a while each node notes the sessions that are connected to it, whosever they are.",
  system_present_users: "A node tells the teams that are connected to it which of their people are there.",
  system_organisation_by_slug: "The address of an own sign-in page tells whose it is.",
  system_own_hosts:
    "A request that arrives under an own host name belongs to the organisation that proved it.",
  system_logo: "Whoever sees a sign-in page sees its logo, and nobody is signed in there yet.",
  system_avatar: "A customer sees the face of whoever serves them, and nobody is signed in there.",
  system_visitor: "For nodes of the release before, while they still serve.",
  system_visitor_of: "A visitor's token names the customer, and the customer names the organisation.",
  system_tests_over: "Once in a while tests of consoles that were left behind are ended, whosever they are.",
  system_heads: "For nodes of the release before, while they still serve.",
  system_heads_of_logs:
    "One query per node and second repairs what events lost, for all organisations on the node.",
  system_list_versions: "For nodes of the release before, while they still serve.",
  system_versions_of_lists:
    "One query per node and second repairs lists as system_heads_of_logs repairs logs.",
  system_last_words: "The same for what was last said in chats that wait.",
  system_unsent_files: "Once in a while what was uploaded and never sent is removed, whosever it is.",
  system_loose_contents: "The same for contents that no file refers to.",
  system_unindexed: "The indexer learns where new messages wait to be made findable, whosever they are.",
  system_erasable: "The eraser finishes what was begun and erases what was kept long enough, whosever it is.",
  system_forget_recipients:
    "The one change of the audit log, which the application cannot change: addresses of erased customers go.",
  system_gather_pushes: "For nodes of the release before, while they still serve.",
  system_gather_pushes_of_queues: "A push worker finds out who must hear of what, whosever they are.",
  system_lease_push: "It sends what has been due longest, whosever it is.",
  system_forget_pushes: "Once in a while what was told long ago is removed, whosever it is.",
  system_note_absences:
    "A node notes which agents with chats are gone, and finds whose customers have waited long enough.",
  system_misplaced_chats:
    "A node finds groups for which chats have waited too long, and chats whose group is gone, whosever they are.",
  system_lease_lane: "For nodes of the release before, while they still serve.",
  system_lease_inbox:
    "An inbox worker serves the lane that has been due longest, whosever it is, in the same way.",
  system_forget_inbox: "Once in a while what was received or failed long ago is removed, whosever it is.",
  system_lease_lane_of:
    "A delivery worker serves the lane that has been due longest, whosever it is, on a channel that it knows.",
} as const;

/** Tables without a policy, with the reason. */
export const unconfinedTables = {
  set_up_links: "They exist only before the first organisation does.",
  passkey_challenges:
    "A passkey may sign in alone: who it is, and of which organisation, is known only afterwards.",
} as const;
