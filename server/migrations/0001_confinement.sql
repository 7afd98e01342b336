-- Row-level security. Two roles, made before the migrations run:
-- grata_application is what every connection becomes; it sees the organisations of its transaction only.
-- grata_system owns the functions below; nothing logs in as it.

ALTER TABLE conversations SET (fillfactor = 70);
--> statement-breakpoint
ALTER TABLE list_versions SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE conversations
  ADD CONSTRAINT conversations_status CHECK (status IN ('waiting', 'claimed', 'closed')),
  ADD CONSTRAINT conversations_claimed CHECK (status <> 'claimed' OR (claimed_by IS NOT NULL AND claimed_at IS NOT NULL)),
  ADD CONSTRAINT conversations_closed CHECK ((status = 'closed') = (closed_at IS NOT NULL));
--> statement-breakpoint
GRANT USAGE, CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO grata_application;
--> statement-breakpoint
-- The organisations of the running transaction; none when it has not said.
CREATE FUNCTION grata_organisations() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('grata.organisations', true), '')::uuid[];
--> statement-breakpoint
-- Confines one table. The sub-select makes the setting be read once a statement, not once a row.
CREATE FUNCTION grata_confine(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY organisation ON %s USING (organisation_id = ANY ((SELECT grata_organisations())::uuid[]))', target);
  EXECUTE format('CREATE POLICY system ON %s TO grata_system USING (true)', target);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO grata_application, grata_system', target);
END $$;
--> statement-breakpoint
SELECT grata_confine(target::regclass) FROM unnest(ARRAY[
  'organisations', 'users', 'sessions', 'channels', 'customers', 'visitor_tokens', 'conversations', 'entries',
  'read_marks', 'list_versions', 'lanes', 'deliveries'
]) AS target;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON set_up_links TO grata_application;
--> statement-breakpoint
CREATE FUNCTION system_has_organisation() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  RETURN EXISTS (SELECT FROM organisations);
--> statement-breakpoint
CREATE FUNCTION system_user_by_email(wanted text)
  RETURNS TABLE (organisation_id uuid, id uuid, password_hash text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT u.organisation_id, u.id, u.password_hash FROM users u WHERE u.email = wanted AND u.status = 'active';
END;
--> statement-breakpoint
CREATE FUNCTION system_session(token bytea)
  RETURNS TABLE (
    organisation_id uuid, session_id uuid, last_seen_at timestamptz, user_id uuid, name text, email text, role text,
    language text, organisation_name text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.organisation_id, s.id, s.last_seen_at, u.id, u.name, u.email, u.role, u.language, o.name
  FROM sessions s
  JOIN users u ON (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
  JOIN organisations o ON o.organisation_id = s.organisation_id
  WHERE s.token_hash = token AND s.expires_at > now() AND s.last_seen_at > now() - interval '24 hours'
    AND u.status = 'active';
END;
--> statement-breakpoint
CREATE FUNCTION system_live_sessions(ids uuid[]) RETURNS TABLE (id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.id FROM sessions s
  JOIN users u ON (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
  WHERE s.id = ANY (ids) AND s.expires_at > now() AND u.status = 'active';
END;
--> statement-breakpoint
CREATE FUNCTION system_channel(wanted uuid)
  RETURNS TABLE (organisation_id uuid, id uuid, kind text, name text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT c.organisation_id, c.id, c.kind, c.name FROM channels c WHERE c.id = wanted;
END;
--> statement-breakpoint
CREATE FUNCTION system_first_webchat() RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  RETURN (SELECT c.id FROM channels c WHERE c.kind = 'webchat' ORDER BY c.created_at, c.id LIMIT 1);
--> statement-breakpoint
CREATE FUNCTION system_visitor(token bytea)
  RETURNS TABLE (organisation_id uuid, channel_id uuid, customer_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT t.organisation_id, c.channel_id, c.id
  FROM visitor_tokens t
  JOIN customers c ON (c.organisation_id, c.id) = (t.organisation_id, t.customer_id)
  WHERE t.token_hash = token;
END;
--> statement-breakpoint
-- Closed conversations stay in view for a minute, so that a lost "closed" is repaired too. One branch for each index.
CREATE FUNCTION system_heads(organisation_ids uuid[], user_ids uuid[], customer_ids uuid[])
  RETURNS TABLE (conversation_id uuid, head integer, claimed_by uuid, customer_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT c.id, c.head, c.claimed_by, c.customer_id FROM conversations c
  WHERE c.organisation_id = ANY (organisation_ids) AND c.status = 'claimed' AND c.claimed_by = ANY (user_ids)
  UNION
  SELECT c.id, c.head, c.claimed_by, c.customer_id FROM conversations c
  WHERE c.organisation_id = ANY (organisation_ids) AND c.status <> 'closed' AND c.customer_id = ANY (customer_ids)
  UNION
  SELECT c.id, c.head, c.claimed_by, c.customer_id FROM conversations c
  WHERE c.organisation_id = ANY (organisation_ids) AND c.status = 'closed'
    AND c.closed_at > now() - interval '1 minute'
    AND (c.claimed_by = ANY (user_ids) OR c.customer_id = ANY (customer_ids));
END;
--> statement-breakpoint
CREATE FUNCTION system_list_versions(organisation_ids uuid[], lists text[])
  RETURNS TABLE (organisation_id uuid, list text, version integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT v.organisation_id, v.list, v.version FROM list_versions v
  WHERE v.organisation_id = ANY (organisation_ids) AND v.list = ANY (lists);
END;
--> statement-breakpoint
-- Leases the lane that has been due longest. The lease, not a lock, keeps others away: no transaction stays open
-- while the outside is called.
CREATE FUNCTION system_lease_lane(worker uuid, seconds integer)
  RETURNS TABLE (organisation_id uuid, channel_id uuid, customer_id uuid, kind text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  UPDATE lanes l SET leased_by = worker, leased_until = now() + make_interval(secs => seconds)
  FROM (
    SELECT d.organisation_id, d.channel_id, d.customer_id, c.kind
    FROM lanes d
    JOIN channels c ON (c.organisation_id, c.id) = (d.organisation_id, d.channel_id)
    WHERE d.due_at <= now() AND (d.leased_until IS NULL OR d.leased_until < now())
    ORDER BY d.due_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED
  ) due
  WHERE (l.organisation_id, l.channel_id, l.customer_id) = (due.organisation_id, due.channel_id, due.customer_id)
  RETURNING l.organisation_id, l.channel_id, l.customer_id, due.kind;
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOR signature IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
