ALTER TABLE "conversations" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "erasing_from" integer;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "erasure_began_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "retention_days" integer;--> statement-breakpoint
CREATE INDEX "conversations_kept" ON "conversations" USING btree ("organisation_id","closed_at") WHERE status = 'closed' AND erased_at IS NULL;--> statement-breakpoint
CREATE INDEX "conversations_erasing" ON "conversations" USING btree ("organisation_id","id") WHERE erasing_from IS NOT NULL;--> statement-breakpoint
CREATE INDEX "customers_erasing" ON "customers" USING btree ("organisation_id","id") WHERE erasure_began_at IS NOT NULL AND erased_at IS NULL;--> statement-breakpoint
-- By hand from here on.
ALTER TABLE conversations ADD CONSTRAINT conversations_erased CHECK (
  (erased_at IS NULL OR status = 'closed') AND (erasing_from IS NULL OR erased_at IS NOT NULL)
) NOT VALID;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- What the eraser has to do, each kind up to `most`: chats half erased, customers half erased, chats kept long enough.
CREATE FUNCTION system_erasable(most integer) RETURNS TABLE (kind text, organisation_id uuid, id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  (SELECT 'begun', c.organisation_id, c.id FROM conversations c WHERE c.erasing_from IS NOT NULL LIMIT most)
  UNION ALL
  (SELECT 'customer', c.organisation_id, c.id FROM customers c
   WHERE c.erasure_began_at IS NOT NULL AND c.erased_at IS NULL LIMIT most)
  UNION ALL
  (SELECT 'expired', c.organisation_id, c.id FROM organisations o
   CROSS JOIN LATERAL (
     SELECT c.organisation_id, c.id FROM conversations c
     WHERE c.organisation_id = o.organisation_id AND c.status = 'closed' AND c.erased_at IS NULL
       AND c.closed_at < now() - make_interval(days => o.retention_days)
     ORDER BY c.closed_at LIMIT most
   ) c
   WHERE o.retention_days IS NOT NULL LIMIT most);
END;
--> statement-breakpoint
-- The audit log is never changed, but for this: whom an answer by mail went to is about a person who may be forgotten.
GRANT UPDATE (target_name) ON audit_entries TO grata_system;
--> statement-breakpoint
CREATE FUNCTION system_forget_recipients(mail_ids uuid[]) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  UPDATE audit_entries a SET target_name = ''
  WHERE a.organisation_id = ANY ((SELECT grata_organisations())::uuid[]) AND a.target_id = ANY (mail_ids)
    AND a.action = 'mail.retried';
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_erasable(integer)', 'system_forget_recipients(uuid[])'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
