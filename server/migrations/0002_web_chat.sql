CREATE TABLE "connected_sessions" (
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"noted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "connected_sessions_organisation_id_session_id_pk" PRIMARY KEY("organisation_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "webchat_settings" (
	"organisation_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"allowed_origins" text[] NOT NULL,
	"colour" text NOT NULL,
	"position" text NOT NULL,
	"launcher" boolean NOT NULL,
	"texts" json NOT NULL,
	"secret" text,
	"secret_made_at" timestamp with time zone,
	"former_secret" text,
	"former_secret_until" timestamp with time zone,
	CONSTRAINT "webchat_settings_organisation_id_channel_id_pk" PRIMARY KEY("organisation_id","channel_id")
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "page_url" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "page_title" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "referrer" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "connected_sessions" ADD CONSTRAINT "connected_sessions_organisation_id_session_id_sessions_organisation_id_id_fk" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."sessions"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webchat_settings" ADD CONSTRAINT "webchat_settings_organisation_id_channel_id_channels_organisation_id_id_fk" FOREIGN KEY ("organisation_id","channel_id") REFERENCES "public"."channels"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "customers_external" ON "customers" USING btree ("organisation_id","channel_id","external_id") WHERE external_id IS NOT NULL;--> statement-breakpoint
SELECT grata_confine('webchat_settings'), grata_confine('connected_sessions');
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- A channel without a row of settings yields nulls: older nodes make channels that have none.
CREATE FUNCTION system_webchat(wanted uuid)
  RETURNS TABLE (
    organisation_id uuid, id uuid, name text, allowed_origins text[], colour text, "position" text, launcher boolean,
    texts json)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT c.organisation_id, c.id, c.name, s.allowed_origins, s.colour, s.position, s.launcher, s.texts
  FROM channels c
  LEFT JOIN webchat_settings s ON (s.organisation_id, s.channel_id) = (c.organisation_id, c.id)
  WHERE c.id = wanted AND c.kind = 'webchat';
END;
--> statement-breakpoint
CREATE FUNCTION system_note_connected(organisation_ids uuid[], present uuid[], gone uuid[]) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  WITH ended AS (
    DELETE FROM connected_sessions c
    WHERE c.organisation_id = ANY (organisation_ids) AND c.session_id = ANY (gone)
  )
  INSERT INTO connected_sessions (organisation_id, session_id, noted_at)
  SELECT s.organisation_id, s.id, now() FROM sessions s
  WHERE s.organisation_id = ANY (organisation_ids) AND s.id = ANY (present)
  ORDER BY s.id
  ON CONFLICT (organisation_id, session_id) DO UPDATE SET noted_at = now();
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_webchat(uuid)', 'system_note_connected(uuid[],uuid[],uuid[])'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
