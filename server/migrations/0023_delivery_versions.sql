ALTER TABLE "conversations" ADD COLUMN "delivery_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "delivery_version" integer;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "delivery_reason" text;--> statement-breakpoint
-- By hand from here on.
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- As system_heads, which nodes of the release before ask: with how far the delivery states of each log have come.
CREATE FUNCTION system_heads_of_logs(organisation_ids uuid[], user_ids uuid[], customer_ids uuid[])
  RETURNS TABLE (conversation_id uuid, head integer, delivery_version integer, claimed_by uuid, customer_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT c.id, c.head, c.delivery_version, c.claimed_by, c.customer_id FROM conversations c
  WHERE c.organisation_id = ANY (organisation_ids) AND c.status = 'claimed' AND c.claimed_by = ANY (user_ids)
  UNION
  SELECT c.id, c.head, c.delivery_version, c.claimed_by, c.customer_id FROM conversations c
  WHERE c.organisation_id = ANY (organisation_ids) AND c.status <> 'closed' AND c.customer_id = ANY (customer_ids)
  UNION
  SELECT c.id, c.head, c.delivery_version, c.claimed_by, c.customer_id FROM conversations c
  WHERE c.organisation_id = ANY (organisation_ids) AND c.status = 'closed'
    AND c.closed_at > now() - interval '1 minute'
    AND (c.claimed_by = ANY (user_ids) OR c.customer_id = ANY (customer_ids));
END;
--> statement-breakpoint
ALTER FUNCTION system_heads_of_logs(uuid[], uuid[], uuid[]) OWNER TO grata_system;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_heads_of_logs(uuid[], uuid[], uuid[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_heads_of_logs(uuid[], uuid[], uuid[]) TO grata_application;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
