CREATE TABLE "absences" (
	"organisation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"since" timestamp with time zone,
	"put_back" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "absences_organisation_id_user_id_pk" PRIMARY KEY("organisation_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "absence_seconds" integer DEFAULT 120 NOT NULL;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "absences_since" ON "absences" USING btree ("since") WHERE since IS NOT NULL;--> statement-breakpoint
-- By hand from here on.
SELECT grata_confine('absences');
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- Notes who of those that serve chats is gone or back, and returns who has been gone for too long with a customer who
-- waits for a reply. One node at a time: the others have nothing to do.
CREATE FUNCTION system_note_absences(forgotten_after integer, most integer)
  RETURNS TABLE (organisation_id uuid, user_id uuid)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  IF NOT pg_try_advisory_xact_lock(4728204) THEN RETURN; END IF;
  -- From one who serves to the next by the index, however many chats each has.
  WITH RECURSIVE serving AS (
    (SELECT c.organisation_id, c.claimed_by FROM conversations c WHERE c.status = 'claimed'
     ORDER BY c.organisation_id, c.claimed_by LIMIT 1)
    UNION ALL
    SELECT following.organisation_id, following.claimed_by
    FROM serving
    CROSS JOIN LATERAL (
      SELECT c.organisation_id, c.claimed_by FROM conversations c
      WHERE c.status = 'claimed'
        AND (c.organisation_id, c.claimed_by) > (serving.organisation_id, serving.claimed_by)
      ORDER BY c.organisation_id, c.claimed_by LIMIT 1
    ) following
  ), present AS MATERIALIZED (
    SELECT DISTINCT s.organisation_id, s.user_id
    FROM connected_sessions c
    JOIN sessions s ON (s.organisation_id, s.id) = (c.organisation_id, c.session_id)
    WHERE c.noted_at > now() - make_interval(secs => forgotten_after) AND s.expires_at > now()
  ), back AS (
    -- One that an admin's release holds is noted a second later.
    SELECT a.organisation_id, a.user_id FROM absences a
    JOIN present p ON (p.organisation_id, p.user_id) = (a.organisation_id, a.user_id)
    WHERE a.since IS NOT NULL
    FOR UPDATE OF a SKIP LOCKED
  ), ended AS (
    UPDATE absences a SET since = NULL FROM back
    WHERE (a.organisation_id, a.user_id) = (back.organisation_id, back.user_id)
  )
  INSERT INTO absences AS known (organisation_id, user_id, since)
  SELECT s.organisation_id, s.claimed_by, now() FROM serving s
  LEFT JOIN absences a ON (a.organisation_id, a.user_id) = (s.organisation_id, s.claimed_by)
  WHERE a.since IS NULL
    AND NOT EXISTS (
      SELECT FROM present p WHERE (p.organisation_id, p.user_id) = (s.organisation_id, s.claimed_by))
  ON CONFLICT (organisation_id, user_id) DO UPDATE SET since = now() WHERE known.since IS NULL;

  RETURN QUERY
  SELECT a.organisation_id, a.user_id
  FROM absences a
  JOIN organisations o ON o.organisation_id = a.organisation_id
  WHERE a.since <= now() - make_interval(secs => o.absence_seconds)
    AND EXISTS (
      SELECT FROM conversations c
      WHERE c.organisation_id = a.organisation_id AND c.claimed_by = a.user_id AND c.status = 'claimed'
        AND c.tester_id IS NULL AND c.unanswered_since IS NOT NULL
        AND c.claimed_at <= now() - make_interval(secs => o.absence_seconds))
  ORDER BY a.since
  LIMIT most;
END $$;
--> statement-breakpoint
ALTER FUNCTION system_note_absences(integer, integer) OWNER TO grata_system;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_note_absences(integer, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_note_absences(integer, integer) TO grata_application;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
