CREATE TABLE "user_group_members" (
	"organisation_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "user_group_members_organisation_id_group_id_user_id_pk" PRIMARY KEY("organisation_id","group_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "user_groups" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_groups_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "queue_id" uuid;--> statement-breakpoint
ALTER TABLE "user_group_members" ADD CONSTRAINT "user_group_members_organisation_id_group_id_user_groups_organisation_id_id_fk" FOREIGN KEY ("organisation_id","group_id") REFERENCES "public"."user_groups"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_group_members" ADD CONSTRAINT "user_group_members_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_groups" ADD CONSTRAINT "user_groups_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "user_group_members_user" ON "user_group_members" USING btree ("organisation_id","user_id");--> statement-breakpoint
-- By hand from here on.
SELECT grata_confine('user_groups'), grata_confine('user_group_members');
--> statement-breakpoint
-- Nodes of the release before know no queues.
CREATE FUNCTION grata_fill_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.queue_id := COALESCE(NEW.queue_id, NEW.tester_id, NEW.organisation_id);
  RETURN NEW;
END $$;
--> statement-breakpoint
-- On updates too, until every chat has its queue: an older node writes into chats that have none yet.
CREATE TRIGGER conversations_fill_queue BEFORE INSERT OR UPDATE ON conversations
  FOR EACH ROW WHEN (NEW.queue_id IS NULL) EXECUTE FUNCTION grata_fill_queue();
--> statement-breakpoint
ALTER TABLE conversations ADD CONSTRAINT conversations_queued CHECK (queue_id IS NOT NULL) NOT VALID;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- The groups whose queues a user of this role sees: of some roles all, else those that they are a member of.
CREATE FUNCTION grata_groups_of(organisation uuid, who uuid, sees_all boolean) RETURNS uuid[]
  LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT COALESCE(array_agg(g.id ORDER BY g.id), '{}') FROM user_groups g
  WHERE g.organisation_id = organisation AND (sees_all OR EXISTS (
    SELECT FROM user_group_members m
    WHERE (m.organisation_id, m.group_id, m.user_id) = (g.organisation_id, g.id, who)));
END;
--> statement-breakpoint
CREATE FUNCTION system_user_of_session(token bytea, seeing_all text[])
  RETURNS TABLE (
    organisation_id uuid, session_id uuid, last_seen_at timestamptz, user_id uuid, name text, email text, role text,
    language text, time_zone text, notifications text, organisation_name text, organisation_time_zone text,
    default_language text, inactivity_minutes integer, second_factor_missing boolean, groups uuid[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.*, grata_groups_of(s.organisation_id, s.user_id, s.role = ANY (seeing_all))
  FROM system_session_of(token) s;
END;
--> statement-breakpoint
CREATE FUNCTION system_users_of_sessions(ids uuid[], seeing_all text[])
  RETURNS TABLE (id uuid, name text, role text, ended text, second_factor_missing boolean, groups uuid[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT state.*, grata_groups_of(s.organisation_id, s.user_id, state.role = ANY (seeing_all))
  FROM system_states_of_sessions(ids) state
  JOIN sessions s ON s.id = state.id;
END;
--> statement-breakpoint
-- The versions of lists, each with the organisation that it is of.
CREATE FUNCTION system_versions_of_lists(organisation_ids uuid[], lists text[])
  RETURNS TABLE (organisation_id uuid, list text, version integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT v.organisation_id, v.list, v.version FROM list_versions v
  JOIN unnest(organisation_ids, lists) AS wanted (organisation_id, list)
    ON (v.organisation_id, v.list) = (wanted.organisation_id, wanted.list);
END;
--> statement-breakpoint
-- The last words of chats that wait in these queues and were written into a moment ago: storing them is no step of a
-- list, so this repairs what an event lost.
CREATE FUNCTION system_last_words(organisation_ids uuid[], queue_ids uuid[], seconds integer)
  RETURNS TABLE (
    organisation_id uuid, queue_id uuid, conversation_id uuid, head integer, last_text text, last_file json,
    last_author text, last_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT c.organisation_id, c.queue_id, c.id, c.head, c.last_text, c.last_file, c.last_author, c.last_at
  FROM unnest(organisation_ids, queue_ids) AS watched (organisation_id, queue_id)
  JOIN conversations c ON (c.organisation_id, c.queue_id) = (watched.organisation_id, watched.queue_id)
  WHERE c.status = 'waiting' AND c.last_at > now() - make_interval(secs => seconds);
END;
--> statement-breakpoint
-- A chat that waits concerns whoever sees its queue.
CREATE FUNCTION system_gather_pushes_of_queues(looks_back double precision, forgotten_after integer, seeing_all text[])
  RETURNS TABLE (gathered bigint)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  WITH receiver AS (
    SELECT r.*, GREATEST(r.away_since, now() - make_interval(secs => looks_back)) AS since,
      r.organisation_id || grata_groups_of(r.organisation_id, r.user_id, r.role = ANY (seeing_all)) AS queues
    FROM grata_push_receivers(forgotten_after) r
  ), news AS (
    SELECT r.organisation_id, r.session_id, c.id AS conversation_id, 'waiting' AS kind, c.waiting_since AS about_at
    FROM receiver r
    JOIN conversations c ON c.organisation_id = r.organisation_id AND c.queue_id = ANY (r.queues)
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
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_user_of_session(bytea, text[])', 'system_users_of_sessions(uuid[], text[])',
    'system_versions_of_lists(uuid[], text[])', 'system_last_words(uuid[], uuid[], integer)',
    'system_gather_pushes_of_queues(double precision, integer, text[])'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
