ALTER TABLE "users" ADD COLUMN "paused_at" timestamp with time zone;
--> statement-breakpoint
-- Hand-written from here: who is there.
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- Whoever has just lost their last socket grows older by so many seconds, instead of being forgotten at once.
CREATE FUNCTION system_note_sessions(
    organisation_ids uuid[], present uuid[], gone uuid[], age_of_gone integer) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  WITH leaving AS (
    UPDATE connected_sessions c
    SET noted_at = LEAST(c.noted_at, now() - make_interval(secs => age_of_gone))
    WHERE c.organisation_id = ANY (organisation_ids) AND c.session_id = ANY (gone)
      AND NOT c.session_id = ANY (present)
  )
  INSERT INTO connected_sessions (organisation_id, session_id, noted_at)
  SELECT s.organisation_id, s.id, now() FROM sessions s
  WHERE s.organisation_id = ANY (organisation_ids) AND s.id = ANY (present)
  ORDER BY s.id
  ON CONFLICT (organisation_id, session_id) DO UPDATE SET noted_at = now();
END;
--> statement-breakpoint
CREATE FUNCTION system_present_users(organisation_ids uuid[], forgotten_after integer)
  RETURNS TABLE (organisation_id uuid, user_id uuid, paused boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT DISTINCT u.organisation_id, u.id, u.paused_at IS NOT NULL
  FROM connected_sessions c
  JOIN sessions s ON (s.organisation_id, s.id) = (c.organisation_id, c.session_id)
  JOIN users u ON (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
  WHERE c.organisation_id = ANY (organisation_ids)
    AND c.noted_at > now() - make_interval(secs => forgotten_after)
    AND s.expires_at > now() AND u.status = 'active';
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_note_sessions(uuid[],uuid[],uuid[],integer)', 'system_present_users(uuid[],integer)'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
