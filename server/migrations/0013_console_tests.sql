CREATE TABLE "console_tests" (
	"organisation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "console_tests_organisation_id_user_id_pk" PRIMARY KEY("organisation_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "for_tests" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "is_test" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "tester_id" uuid;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "tester_id" uuid;--> statement-breakpoint
ALTER TABLE "console_tests" ADD CONSTRAINT "console_tests_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "console_tests" ADD CONSTRAINT "console_tests_organisation_id_customer_id_customers_organisation_id_id_fk" FOREIGN KEY ("organisation_id","customer_id") REFERENCES "public"."customers"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "console_tests_customer" ON "console_tests" USING btree ("organisation_id","customer_id");--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_organisation_id_tester_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","tester_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_organisation_id_tester_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","tester_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
CREATE UNIQUE INDEX "channels_for_tests" ON "channels" USING btree ("organisation_id") WHERE for_tests;--> statement-breakpoint
CREATE INDEX "conversations_tests" ON "conversations" USING btree ("organisation_id","tester_id") WHERE tester_id IS NOT NULL AND status <> 'closed';--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tester" CHECK (is_test = (tester_id IS NOT NULL)) NOT VALID;--> statement-breakpoint
-- By hand from here on, but for NOT VALID above: every row there is has neither.
SELECT grata_confine('console_tests');
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- The channel for tests is nobody's web chat.
CREATE OR REPLACE FUNCTION system_first_webchat() RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  RETURN (SELECT c.id FROM channels c WHERE c.kind = 'webchat' AND NOT c.for_tests ORDER BY c.created_at, c.id LIMIT 1);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION system_webchat(wanted uuid)
  RETURNS TABLE (
    organisation_id uuid, id uuid, name text, allowed_origins text[], colour text, "position" text, launcher boolean,
    texts json)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT c.organisation_id, c.id, c.name, s.allowed_origins, s.colour, s.position, s.launcher, s.texts
  FROM channels c
  LEFT JOIN webchat_settings s ON (s.organisation_id, s.channel_id) = (c.organisation_id, c.id)
  WHERE c.id = wanted AND c.kind = 'webchat' AND NOT c.for_tests;
END;
--> statement-breakpoint
-- Nodes of the release before would put the chat of a test on everybody's list: to them there is no such customer.
CREATE OR REPLACE FUNCTION system_visitor(token bytea)
  RETURNS TABLE (organisation_id uuid, channel_id uuid, customer_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT t.organisation_id, c.channel_id, c.id
  FROM visitor_tokens t
  JOIN customers c ON (c.organisation_id, c.id) = (t.organisation_id, t.customer_id)
  WHERE t.token_hash = token AND c.tester_id IS NULL;
END;
--> statement-breakpoint
-- A test whose time is over, or whose session is, has no customer any more, also before it is ended.
CREATE FUNCTION system_visitor_of(token bytea)
  RETURNS TABLE (organisation_id uuid, channel_id uuid, customer_id uuid, tester_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT t.organisation_id, c.channel_id, c.id, c.tester_id
  FROM visitor_tokens t
  JOIN customers c ON (c.organisation_id, c.id) = (t.organisation_id, t.customer_id)
  WHERE t.token_hash = token
    AND (c.tester_id IS NULL OR EXISTS (
      SELECT FROM console_tests test
      JOIN sessions s ON (s.organisation_id, s.id) = (test.organisation_id, test.session_id)
      WHERE (test.organisation_id, test.customer_id) = (c.organisation_id, c.id)
        AND test.ends_at > now() AND s.expires_at > now()));
END;
--> statement-breakpoint
CREATE FUNCTION system_tests_over() RETURNS TABLE (organisation_id uuid, user_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT test.organisation_id, test.user_id FROM console_tests test
  LEFT JOIN sessions s ON (s.organisation_id, s.id) = (test.organisation_id, test.session_id)
  LEFT JOIN organisations o ON o.organisation_id = test.organisation_id
  WHERE test.ends_at <= now() OR s.id IS NULL OR s.expires_at <= now()
    OR s.active_at <= now() - make_interval(mins => o.inactivity_minutes);
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY['system_visitor_of(bytea)', 'system_tests_over()']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
