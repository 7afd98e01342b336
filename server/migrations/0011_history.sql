CREATE TABLE "participants" (
	"organisation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	CONSTRAINT "participants_organisation_id_user_id_conversation_id_pk" PRIMARY KEY("organisation_id","user_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "search_counters" (
	"organisation_id" uuid NOT NULL,
	"next" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "search_counters_organisation_id_pk" PRIMARY KEY("organisation_id")
);
--> statement-breakpoint
CREATE TABLE "search_postings" (
	"organisation_id" uuid NOT NULL,
	"term" text NOT NULL,
	"bucket" integer NOT NULL,
	"places" smallint[] NOT NULL,
	CONSTRAINT "search_postings_organisation_id_term_bucket_pk" PRIMARY KEY("organisation_id","term","bucket")
);
--> statement-breakpoint
CREATE TABLE "searched_messages" (
	"organisation_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "searched_messages_organisation_id_number_pk" PRIMARY KEY("organisation_id","number")
);
--> statement-breakpoint
CREATE TABLE "unindexed_entries" (
	"organisation_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "unindexed_entries_organisation_id_at_conversation_id_seq_pk" PRIMARY KEY("organisation_id","at","conversation_id","seq")
);
--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_organisation_id_conversation_id_conversations_organisation_id_id_fk" FOREIGN KEY ("organisation_id","conversation_id") REFERENCES "public"."conversations"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_counters" ADD CONSTRAINT "search_counters_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "searched_messages" ADD CONSTRAINT "searched_messages_organisation_id_conversation_id_conversations_organisation_id_id_fk" FOREIGN KEY ("organisation_id","conversation_id") REFERENCES "public"."conversations"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "participants_conversation" ON "participants" USING btree ("organisation_id","conversation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "searched_messages_entry" ON "searched_messages" USING btree ("organisation_id","conversation_id","seq");--> statement-breakpoint
CREATE INDEX "searched_messages_at" ON "searched_messages" USING btree ("organisation_id","at");--> statement-breakpoint
-- By hand from here on.
SELECT grata_confine('unindexed_entries'), grata_confine('search_counters'), grata_confine('searched_messages'),
  grata_confine('search_postings'), grata_confine('participants');
--> statement-breakpoint
-- Batches append to these rows again and again: there is room for that on their own page.
ALTER TABLE search_postings SET (fillfactor = 70);
--> statement-breakpoint
-- Whoever stores an entry need not think of the search.
CREATE FUNCTION grata_entries_stored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO unindexed_entries (organisation_id, at, conversation_id, seq)
  SELECT organisation_id, at, conversation_id, seq FROM stored
  WHERE user_id IS NOT NULL OR occurrence->>'kind' = 'message';
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER entries_stored AFTER INSERT ON entries REFERENCING NEW TABLE AS stored
  FOR EACH STATEMENT EXECUTE FUNCTION grata_entries_stored();
--> statement-breakpoint
-- What was said so far is indexed by the first node that starts. All organisations: as the role that sees them.
SET LOCAL ROLE grata_system;
--> statement-breakpoint
INSERT INTO unindexed_entries (organisation_id, at, conversation_id, seq)
SELECT organisation_id, at, conversation_id, seq FROM entries
WHERE user_id IS NOT NULL OR occurrence->>'kind' = 'message';
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- From one organisation to the next by the index, however much waits in each.
CREATE FUNCTION system_unindexed(most integer) RETURNS TABLE (organisation_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  WITH RECURSIVE waiting AS (
    (SELECT u.organisation_id FROM unindexed_entries u ORDER BY u.organisation_id LIMIT 1)
    UNION ALL
    SELECT (SELECT u.organisation_id FROM unindexed_entries u WHERE u.organisation_id > w.organisation_id
      ORDER BY u.organisation_id LIMIT 1)
    FROM waiting w WHERE w.organisation_id IS NOT NULL
  )
  SELECT w.organisation_id FROM waiting w WHERE w.organisation_id IS NOT NULL LIMIT most;
END;
--> statement-breakpoint
ALTER FUNCTION system_unindexed(integer) OWNER TO grata_system;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_unindexed(integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_unindexed(integer) TO grata_application;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
