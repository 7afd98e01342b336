CREATE TABLE "link_tokens" (
	"organisation_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"link_id" uuid NOT NULL,
	CONSTRAINT "link_tokens_organisation_id_token_hash_pk" PRIMARY KEY("organisation_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "links" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "links_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"action" text NOT NULL,
	"by" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text,
	"target_id" uuid,
	"target_name" text NOT NULL,
	"address" text NOT NULL,
	"changes" json NOT NULL,
	CONSTRAINT "audit_entries_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"recipient" text NOT NULL,
	"language" text NOT NULL,
	"parameters" json NOT NULL,
	"link_id" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp with time zone,
	"leased_by" uuid,
	"sent_at" timestamp with time zone,
	CONSTRAINT "mails_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "device" text DEFAULT 'desktop' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "address" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "active_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "end_reason" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "failed_attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "locked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "last_seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "notifications" text DEFAULT 'all' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "default_language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "inactivity_minutes" integer;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "one_session" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "link_tokens" ADD CONSTRAINT "link_tokens_organisation_id_link_id_links_organisation_id_id_fk" FOREIGN KEY ("organisation_id","link_id") REFERENCES "public"."links"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE set null ("user_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_organisation_id_link_id_links_organisation_id_id_fk" FOREIGN KEY ("organisation_id","link_id") REFERENCES "public"."links"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "link_tokens_token" ON "link_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "links_open" ON "links" USING btree ("organisation_id","user_id","kind") WHERE used_at IS NULL AND revoked_at IS NULL;--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("organisation_id","actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_target" ON "audit_entries" USING btree ("organisation_id","target_id","id");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("due_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("organisation_id","user_id");--> statement-breakpoint
SELECT grata_confine('links'), grata_confine('link_tokens'), grata_confine('audit_entries'), grata_confine('mails');
--> statement-breakpoint
-- The audit log only ever grows.
REVOKE UPDATE, DELETE ON audit_entries FROM grata_application, grata_system;
--> statement-breakpoint
ALTER TABLE users
  ADD CONSTRAINT users_status CHECK (status IN ('invited', 'active', 'disabled')) NOT VALID;
--> statement-breakpoint
-- The owner of the tables is confined too; this role sees everybody.
SET LOCAL ROLE grata_system;
--> statement-breakpoint
UPDATE users u SET last_seen_at = s.at
FROM (SELECT organisation_id, user_id, max(last_seen_at) AS at FROM sessions GROUP BY organisation_id, user_id) s
WHERE (u.organisation_id, u.id) = (s.organisation_id, s.user_id);
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- Only nodes of the release before ask this one: it keeps them from letting in whoever is locked.
CREATE OR REPLACE FUNCTION system_user_by_email(wanted text)
  RETURNS TABLE (organisation_id uuid, id uuid, password_hash text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT u.organisation_id, u.id, u.password_hash FROM users u
  WHERE u.email = wanted AND u.status = 'active' AND u.failed_attempts < 6;
END;
--> statement-breakpoint
CREATE FUNCTION system_account(wanted text)
  RETURNS TABLE (organisation_id uuid, id uuid, password_hash text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT u.organisation_id, u.id, u.password_hash FROM users u WHERE u.email = wanted AND u.status = 'active';
END;
--> statement-breakpoint
CREATE FUNCTION system_signed_in(token bytea)
  RETURNS TABLE (
    organisation_id uuid, session_id uuid, last_seen_at timestamptz, user_id uuid, name text, email text, role text,
    language text, time_zone text, notifications text, organisation_name text, organisation_time_zone text,
    default_language text, inactivity_minutes integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.organisation_id, s.id, s.last_seen_at, u.id, u.name, u.email, u.role, u.language, u.time_zone,
    u.notifications, o.name, o.time_zone, o.default_language, o.inactivity_minutes
  FROM sessions s
  JOIN users u ON (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
  JOIN organisations o ON o.organisation_id = s.organisation_id
  WHERE s.token_hash = token AND s.expires_at > now() AND s.last_seen_at > now() - interval '24 hours'
    AND (o.inactivity_minutes IS NULL OR s.active_at > now() - make_interval(mins => o.inactivity_minutes))
    AND u.status = 'active';
END;
--> statement-breakpoint
-- Why each of these sessions is over, null while it is not; and as whom its sockets should speak.
CREATE FUNCTION system_session_states(ids uuid[]) RETURNS TABLE (id uuid, name text, role text, ended text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.id, u.name, u.role,
    CASE
      WHEN u.status <> 'active' THEN 'disabled'
      WHEN s.end_reason IS NOT NULL THEN s.end_reason
      WHEN s.expires_at <= now() THEN 'expired'
      WHEN s.active_at <= now() - make_interval(mins => o.inactivity_minutes) THEN 'inactive'
    END
  FROM sessions s
  JOIN users u ON (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
  JOIN organisations o ON o.organisation_id = s.organisation_id
  WHERE s.id = ANY (ids);
END;
--> statement-breakpoint
CREATE FUNCTION system_link(token bytea) RETURNS TABLE (organisation_id uuid, id uuid, kind text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT l.organisation_id, l.id, l.kind FROM link_tokens t
  JOIN links l ON (l.organisation_id, l.id) = (t.organisation_id, t.link_id)
  WHERE t.token_hash = token;
END;
--> statement-breakpoint
-- As with lanes: the lease keeps others away, and no transaction is open while the mail server is called.
CREATE FUNCTION system_lease_mail(worker uuid, seconds integer) RETURNS TABLE (organisation_id uuid, id uuid)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  UPDATE mails m SET leased_by = worker, leased_until = now() + make_interval(secs => seconds)
  FROM (
    SELECT d.organisation_id, d.id FROM mails d
    WHERE d.state = 'waiting' AND d.due_at <= now() AND (d.leased_until IS NULL OR d.leased_until < now())
    ORDER BY d.due_at LIMIT 1 FOR UPDATE SKIP LOCKED
  ) due
  WHERE (m.organisation_id, m.id) = (due.organisation_id, due.id)
  RETURNING m.organisation_id, m.id;
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_account(text)', 'system_signed_in(bytea)', 'system_session_states(uuid[])', 'system_link(bytea)',
    'system_lease_mail(uuid,integer)'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
