CREATE TABLE "routing" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"rules" json NOT NULL,
	"overflow_minutes" integer,
	"groups_see_everybody" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
ALTER TABLE "routing" ADD CONSTRAINT "routing_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- By hand from here on.
SELECT grata_confine('routing');
--> statement-breakpoint
-- The queues that a user of this role sees, but for their own test's: of some roles all, else those of their groups and
-- everybody's, unless they have groups and the organisation keeps these apart. Older nodes add everybody's again.
CREATE OR REPLACE FUNCTION grata_groups_of(organisation uuid, who uuid, sees_all boolean) RETURNS uuid[]
  LANGUAGE sql STABLE
BEGIN ATOMIC
  WITH own AS (
    SELECT COALESCE(array_agg(g.id ORDER BY g.id), '{}') AS ids FROM user_groups g
    WHERE g.organisation_id = organisation AND (sees_all OR EXISTS (
      SELECT FROM user_group_members m
      WHERE (m.organisation_id, m.group_id, m.user_id) = (g.organisation_id, g.id, who)))
  )
  SELECT CASE
    WHEN sees_all OR own.ids = '{}'
      OR COALESCE((SELECT r.groups_see_everybody FROM routing r WHERE r.organisation_id = organisation), true)
    THEN organisation || own.ids ELSE own.ids END
  FROM own;
END;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- Groups for which a chat has waited longer than its organisation allows, and ids of deleted groups for which one waits
-- still: the second with null.
CREATE FUNCTION system_misplaced_chats()
  RETURNS TABLE (organisation_id uuid, queue_id uuid, overflow_minutes integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT g.organisation_id, g.id, r.overflow_minutes
  FROM routing r
  JOIN user_groups g ON g.organisation_id = r.organisation_id
  WHERE r.overflow_minutes IS NOT NULL AND EXISTS (
    SELECT FROM conversations c
    WHERE c.organisation_id = g.organisation_id AND c.queue_id = g.id AND c.status = 'waiting'
      AND c.waiting_since <= now() - make_interval(mins => r.overflow_minutes))
  UNION ALL
  SELECT DISTINCT c.organisation_id, c.queue_id, NULL::integer
  FROM conversations c
  WHERE c.status = 'waiting' AND NOT c.is_test AND c.queue_id <> c.organisation_id AND NOT EXISTS (
    SELECT FROM user_groups g WHERE (g.organisation_id, g.id) = (c.organisation_id, c.queue_id));
END;
--> statement-breakpoint
ALTER FUNCTION system_misplaced_chats() OWNER TO grata_system;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_misplaced_chats() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_misplaced_chats() TO grata_application;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
