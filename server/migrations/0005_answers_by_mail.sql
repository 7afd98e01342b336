ALTER TABLE "conversations" ADD COLUMN "answers_by_mail" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "conversation_id" uuid;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "first_seq" integer;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "last_seq" integer;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_organisation_id_conversation_id_conversations_organisation_id_id_fk" FOREIGN KEY ("organisation_id","conversation_id") REFERENCES "public"."conversations"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mails_gathering" ON "mails" USING btree ("organisation_id","conversation_id") WHERE kind = 'answer' AND state = 'waiting' AND last_seq IS NULL;--> statement-breakpoint
CREATE INDEX "mails_conversation" ON "mails" USING btree ("organisation_id","conversation_id") WHERE conversation_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "mails_answered" ON "mails" USING btree ("organisation_id","recipient") WHERE kind = 'answer';--> statement-breakpoint
-- From here on by hand. An answer names its chat and where in it it begins, and nothing else does.
ALTER TABLE mails
  ADD CONSTRAINT mails_answer CHECK (
    (kind = 'answer') = (conversation_id IS NOT NULL) AND (kind = 'answer') = (first_seq IS NOT NULL)
  ) NOT VALID;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- As before, and now also for sockets: a session that nobody used for a day is over.
CREATE OR REPLACE FUNCTION system_session_states(ids uuid[])
  RETURNS TABLE (id uuid, name text, role text, ended text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.id, u.name, u.role,
    CASE
      WHEN u.status <> 'active' THEN 'disabled'
      WHEN s.end_reason IS NOT NULL THEN s.end_reason
      WHEN s.expires_at <= now() OR s.last_seen_at <= now() - interval '24 hours' THEN 'expired'
      WHEN s.active_at <= now() - make_interval(mins => o.inactivity_minutes) THEN 'inactive'
    END
  FROM sessions s
  JOIN users u ON (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
  JOIN organisations o ON o.organisation_id = s.organisation_id
  WHERE s.id = ANY (ids);
END;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
