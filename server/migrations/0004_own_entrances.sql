CREATE TABLE "logos" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"content" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "own_hosts" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"token" text NOT NULL,
	"verified_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "slug" text;--> statement-breakpoint
ALTER TABLE "logos" ADD CONSTRAINT "logos_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_hosts" ADD CONSTRAINT "own_hosts_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "own_hosts_verified" ON "own_hosts" USING btree ("host") WHERE verified_at IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "organisations_slug" ON "organisations" USING btree ("slug");--> statement-breakpoint
-- By hand from here on.
SELECT grata_confine('logos'), grata_confine('own_hosts');
--> statement-breakpoint
ALTER TABLE organisations
  ADD CONSTRAINT organisations_slug_form CHECK (slug ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$') NOT VALID;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
CREATE FUNCTION system_organisation_by_slug(wanted text) RETURNS TABLE (organisation_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT o.organisation_id FROM organisations o WHERE o.slug = wanted;
END;
--> statement-breakpoint
CREATE FUNCTION system_own_hosts() RETURNS TABLE (host text, organisation_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT h.host, h.organisation_id FROM own_hosts h WHERE h.verified_at IS NOT NULL;
END;
--> statement-breakpoint
CREATE FUNCTION system_logo(organisation uuid, wanted text) RETURNS TABLE (content bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT l.content FROM logos l WHERE l.organisation_id = organisation AND l.hash = wanted;
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_organisation_by_slug(text)', 'system_own_hosts()', 'system_logo(uuid,text)'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
