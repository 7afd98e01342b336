CREATE TABLE "push_keys" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"private_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "push_subscriptions_organisation_id_session_id_pk" PRIMARY KEY("organisation_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "pushes" (
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"about_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp with time zone,
	"leased_by" uuid,
	CONSTRAINT "pushes_organisation_id_session_id_conversation_id_pk" PRIMARY KEY("organisation_id","session_id","conversation_id")
);
--> statement-breakpoint
ALTER TABLE "push_keys" ADD CONSTRAINT "push_keys_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_organisation_id_session_id_sessions_organisation_id_id_fk" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."sessions"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pushes" ADD CONSTRAINT "pushes_organisation_id_session_id_push_subscriptions_organisation_id_session_id_fk" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."push_subscriptions"("organisation_id","session_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pushes" ADD CONSTRAINT "pushes_organisation_id_conversation_id_conversations_organisation_id_id_fk" FOREIGN KEY ("organisation_id","conversation_id") REFERENCES "public"."conversations"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pushes_due" ON "pushes" USING btree ("due_at") WHERE due_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "pushes_about" ON "pushes" USING btree ("about_at");--> statement-breakpoint
-- By hand from here on.
SELECT grata_confine('push_keys'), grata_confine('push_subscriptions'), grata_confine('pushes');
--> statement-breakpoint
-- The browsers that may be told something now: their session goes on, and no console of their user is connected. What
-- came before `away_since` the user was told by a console.
CREATE FUNCTION grata_push_receivers(forgotten_after integer)
  RETURNS TABLE (
    organisation_id uuid, session_id uuid, user_id uuid, name text, role text, language text, is_paused boolean,
    away_since timestamptz)
  LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT p.organisation_id, p.session_id, u.id, u.name, u.role, u.language, u.paused_at IS NOT NULL,
    GREATEST(p.created_at, seen.noted_at)
  FROM push_subscriptions p
  JOIN sessions s ON (s.organisation_id, s.id) = (p.organisation_id, p.session_id)
  JOIN users u ON (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
  JOIN organisations o ON o.organisation_id = p.organisation_id
  LEFT JOIN LATERAL (
    SELECT max(c.noted_at) AS noted_at
    FROM sessions other
    JOIN connected_sessions c ON (c.organisation_id, c.session_id) = (other.organisation_id, other.id)
    WHERE (other.organisation_id, other.user_id) = (u.organisation_id, u.id) AND other.expires_at > now()
  ) seen ON true
  WHERE s.expires_at > now() AND s.last_seen_at > now() - interval '24 hours'
    AND (o.inactivity_minutes IS NULL OR s.active_at > now() - make_interval(mins => o.inactivity_minutes))
    AND u.status = 'active' AND (NOT o.second_factor_required OR grata_has_factor(u.organisation_id, u.id))
    AND (seen.noted_at IS NULL OR seen.noted_at <= now() - make_interval(secs => forgotten_after));
END;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- Both read what the last seconds brought out of what is stored anyway, so that storing a message costs nothing more.
CREATE FUNCTION system_gather_pushes(looks_back double precision, forgotten_after integer) RETURNS TABLE (gathered bigint)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  WITH receiver AS (
    SELECT r.*, GREATEST(r.away_since, now() - make_interval(secs => looks_back)) AS since
    FROM grata_push_receivers(forgotten_after) r
  ), news AS (
    SELECT r.organisation_id, r.session_id, c.id AS conversation_id, 'waiting' AS kind, c.waiting_since AS about_at
    FROM receiver r
    JOIN conversations c ON c.organisation_id = r.organisation_id
    WHERE NOT c.is_test AND c.status = 'waiting' AND c.waiting_since > r.since AND NOT r.is_paused
    UNION ALL
    SELECT r.organisation_id, r.session_id, c.id, 'message', c.last_at
    FROM receiver r
    JOIN conversations c ON (c.organisation_id, c.claimed_by) = (r.organisation_id, r.user_id)
    WHERE NOT c.is_test AND c.status = 'claimed' AND c.last_author = 'customer' AND c.last_at > r.since
  ), written AS (
    INSERT INTO pushes AS known (organisation_id, session_id, conversation_id, kind, about_at, due_at)
    SELECT n.organisation_id, n.session_id, n.conversation_id, n.kind, n.about_at, now() FROM news n
    ORDER BY n.organisation_id, n.session_id, n.conversation_id
    ON CONFLICT (organisation_id, session_id, conversation_id) DO UPDATE
      SET kind = excluded.kind, about_at = excluded.about_at, due_at = now(), attempts = 0,
        leased_by = NULL, leased_until = NULL
      WHERE known.about_at < excluded.about_at
    RETURNING 1
  )
  SELECT count(*) FROM written;
END;
--> statement-breakpoint
CREATE FUNCTION system_lease_push(worker uuid, seconds integer)
  RETURNS TABLE (organisation_id uuid, session_id uuid, conversation_id uuid)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  UPDATE pushes p SET leased_by = worker, leased_until = now() + make_interval(secs => seconds)
  FROM (
    SELECT d.organisation_id, d.session_id, d.conversation_id FROM pushes d
    WHERE d.due_at <= now() AND (d.leased_until IS NULL OR d.leased_until < now())
    ORDER BY d.due_at LIMIT 1 FOR UPDATE SKIP LOCKED
  ) due
  WHERE (p.organisation_id, p.session_id, p.conversation_id)
    = (due.organisation_id, due.session_id, due.conversation_id)
  RETURNING p.organisation_id, p.session_id, p.conversation_id;
END;
--> statement-breakpoint
CREATE FUNCTION system_forget_pushes(seconds double precision) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  DELETE FROM pushes WHERE about_at < now() - make_interval(secs => seconds);
END;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION system_secrets()
  RETURNS TABLE (organisation_id uuid, column_name text, row_id uuid, secret text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT a.organisation_id, 'authenticators.secret', a.user_id, a.secret FROM authenticators a
  UNION ALL
  SELECT w.organisation_id, 'webchat_settings.secret', w.channel_id, w.secret
  FROM webchat_settings w WHERE w.secret IS NOT NULL
  UNION ALL
  SELECT w.organisation_id, 'webchat_settings.former_secret', w.channel_id, w.former_secret
  FROM webchat_settings w WHERE w.former_secret IS NOT NULL
  UNION ALL
  SELECT k.organisation_id, 'push_keys.private_key', k.organisation_id, k.private_key FROM push_keys k;
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_gather_pushes(double precision,integer)', 'system_lease_push(uuid,integer)',
    'system_forget_pushes(double precision)'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
