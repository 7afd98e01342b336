CREATE TABLE "file_contents" (
	"organisation_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"bytes" integer NOT NULL,
	"touched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"is_referred" boolean DEFAULT false NOT NULL,
	CONSTRAINT "file_contents_organisation_id_hash_pk" PRIMARY KEY("organisation_id","hash")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid,
	"user_id" uuid,
	"customer_id" uuid,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer,
	"height" integer,
	"milliseconds" integer,
	"waveform" smallint[],
	"content_hash" text NOT NULL,
	"thumbnail_hash" text,
	"sent_with" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "files_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "files_owner" CHECK ((user_id IS NULL) <> (customer_id IS NULL)),
	CONSTRAINT "files_sent" CHECK (sent_with IS NULL OR conversation_id IS NOT NULL)
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "first_file" json;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "last_file" json;--> statement-breakpoint
ALTER TABLE "file_contents" ADD CONSTRAINT "file_contents_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_organisation_id_conversation_id_conversations_organisation_id_id_fk" FOREIGN KEY ("organisation_id","conversation_id") REFERENCES "public"."conversations"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_organisation_id_customer_id_customers_organisation_id_id_fk" FOREIGN KEY ("organisation_id","customer_id") REFERENCES "public"."customers"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_organisation_id_content_hash_file_contents_organisation_id_hash_fk" FOREIGN KEY ("organisation_id","content_hash") REFERENCES "public"."file_contents"("organisation_id","hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_organisation_id_thumbnail_hash_file_contents_organisation_id_hash_fk" FOREIGN KEY ("organisation_id","thumbnail_hash") REFERENCES "public"."file_contents"("organisation_id","hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_contents_loose" ON "file_contents" USING btree ("touched_at") WHERE NOT is_referred;--> statement-breakpoint
CREATE INDEX "files_content" ON "files" USING btree ("organisation_id","content_hash");--> statement-breakpoint
CREATE INDEX "files_thumbnail" ON "files" USING btree ("organisation_id","thumbnail_hash");--> statement-breakpoint
CREATE INDEX "files_conversation" ON "files" USING btree ("organisation_id","conversation_id");--> statement-breakpoint
CREATE INDEX "files_unsent" ON "files" USING btree ("created_at") WHERE sent_with IS NULL;--> statement-breakpoint
-- By hand from here on.
SELECT grata_confine('file_contents'), grata_confine('files');
--> statement-breakpoint
-- Whoever removes a file need not think of its contents.
CREATE FUNCTION grata_file_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE file_contents SET is_referred = false
  WHERE organisation_id = OLD.organisation_id AND hash IN (OLD.content_hash, OLD.thumbnail_hash);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER file_gone AFTER DELETE ON files FOR EACH ROW EXECUTE FUNCTION grata_file_gone();
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
CREATE FUNCTION system_unsent_files(seconds double precision, most integer) RETURNS TABLE (organisation_id uuid, id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT f.organisation_id, f.id FROM files f
  WHERE f.sent_with IS NULL AND f.created_at < now() - make_interval(secs => seconds)
  ORDER BY f.created_at LIMIT most;
END;
--> statement-breakpoint
CREATE FUNCTION system_loose_contents(seconds double precision, most integer)
  RETURNS TABLE (organisation_id uuid, hash text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT c.organisation_id, c.hash FROM file_contents c
  WHERE NOT c.is_referred AND c.touched_at < now() - make_interval(secs => seconds)
  ORDER BY c.touched_at LIMIT most;
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_unsent_files(double precision,integer)', 'system_loose_contents(double precision,integer)'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
