CREATE TABLE "inbox" (
	"organisation_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" uuid NOT NULL,
	"key" text NOT NULL,
	"lane" text NOT NULL,
	"body" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp with time zone,
	"leased_by" uuid,
	CONSTRAINT "inbox_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "inbox" ADD CONSTRAINT "inbox_organisation_id_channel_id_channels_organisation_id_id_fk" FOREIGN KEY ("organisation_id","channel_id") REFERENCES "public"."channels"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_key" ON "inbox" USING btree ("organisation_id","channel_id","key");--> statement-breakpoint
CREATE INDEX "inbox_lane" ON "inbox" USING btree ("organisation_id","channel_id","lane","id");--> statement-breakpoint
CREATE INDEX "inbox_due" ON "inbox" USING btree ("due_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "inbox_settled" ON "inbox" USING btree ("at") WHERE state <> 'waiting';--> statement-breakpoint
-- By hand from here on.
SELECT grata_confine('inbox');
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- As system_lease_lane, but only on channels of these kinds: a node of an older release leaves a new kind to others.
CREATE FUNCTION system_lease_lane_of(worker uuid, seconds integer, kinds text[])
  RETURNS TABLE (organisation_id uuid, channel_id uuid, customer_id uuid, kind text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  UPDATE lanes l SET leased_by = worker, leased_until = now() + make_interval(secs => seconds)
  FROM (
    SELECT d.organisation_id, d.channel_id, d.customer_id, c.kind
    FROM lanes d
    JOIN channels c ON (c.organisation_id, c.id) = (d.organisation_id, d.channel_id)
    WHERE d.due_at <= now() AND (d.leased_until IS NULL OR d.leased_until < now()) AND c.kind = ANY (kinds)
    ORDER BY d.due_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED
  ) due
  WHERE (l.organisation_id, l.channel_id, l.customer_id) = (due.organisation_id, due.channel_id, due.customer_id)
  RETURNING l.organisation_id, l.channel_id, l.customer_id, due.kind;
END;
--> statement-breakpoint
-- Leases the first push of the lane that has been due longest. While one of a lane is leased, no other one is.
CREATE FUNCTION system_lease_inbox(worker uuid, seconds integer, kinds text[])
  RETURNS TABLE (organisation_id uuid, id bigint, kind text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  UPDATE inbox p SET leased_by = worker, leased_until = now() + make_interval(secs => seconds)
  FROM (
    SELECT d.organisation_id, d.id, c.kind
    FROM inbox d
    JOIN channels c ON (c.organisation_id, c.id) = (d.organisation_id, d.channel_id)
    WHERE d.state = 'waiting' AND d.due_at <= now() AND (d.leased_until IS NULL OR d.leased_until < now())
      AND c.kind = ANY (kinds)
      AND NOT EXISTS (
        SELECT FROM inbox other
        WHERE (other.organisation_id, other.channel_id, other.lane) = (d.organisation_id, d.channel_id, d.lane)
          AND other.state = 'waiting' AND (other.id < d.id OR (other.id > d.id AND other.leased_until >= now())))
    ORDER BY d.due_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED
  ) due
  WHERE (p.organisation_id, p.id) = (due.organisation_id, due.id)
  RETURNING p.organisation_id, p.id, due.kind;
END;
--> statement-breakpoint
-- No platform repeats a push after days; what failed, an operator has looked at within a month, or never will.
CREATE FUNCTION system_forget_inbox() RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  DELETE FROM inbox p USING organisations o
  WHERE o.organisation_id = p.organisation_id AND p.state <> 'waiting'
    AND p.at < now() - make_interval(days => CASE p.state
      WHEN 'received' THEN 3 ELSE LEAST(30, COALESCE(o.retention_days, 30)) END);
END;
--> statement-breakpoint
-- Marks a column of secrets at rest, with the column that names its row: system_secrets finds it by the mark.
CREATE FUNCTION grata_seal(target regclass, secret name, row_id name) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', target, secret, 'sealed secret of ' || row_id);
END $$;
--> statement-breakpoint
SELECT grata_seal('authenticators', 'secret', 'user_id'), grata_seal('push_keys', 'private_key', 'organisation_id'),
  grata_seal('webchat_settings', 'secret', 'channel_id'), grata_seal('webchat_settings', 'former_secret', 'channel_id');
--> statement-breakpoint
CREATE OR REPLACE FUNCTION system_secrets()
  RETURNS TABLE (organisation_id uuid, column_name text, row_id uuid, secret text)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE sealed record;
BEGIN
  FOR sealed IN
    SELECT c.relname AS table_name, a.attname AS secret_name, substr(d.description, length('sealed secret of ') + 1) AS row_name
    FROM pg_description d
    JOIN pg_class c ON c.oid = d.objoid AND c.relnamespace = 'public'::regnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
    WHERE d.classoid = 'pg_class'::regclass AND starts_with(d.description, 'sealed secret of ')
  LOOP
    RETURN QUERY EXECUTE format(
      'SELECT t.organisation_id, %L::text, t.%I, t.%I FROM public.%I t WHERE t.%I IS NOT NULL',
      sealed.table_name || '.' || sealed.secret_name, sealed.row_name, sealed.secret_name, sealed.table_name,
      sealed.secret_name);
  END LOOP;
END $$;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_lease_lane_of(uuid,integer,text[])', 'system_lease_inbox(uuid,integer,text[])', 'system_forget_inbox()'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
