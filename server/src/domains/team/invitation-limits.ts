/** Asked before a mail goes out. Each throws `too_many_requests`. */
export type InvitationLimits = {
  invitations(organisationId: string, count: number): Promise<void>;
  invitation(email: string): Promise<void>;
};
