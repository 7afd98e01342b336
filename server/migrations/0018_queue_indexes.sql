-- grata: concurrently
CREATE INDEX CONCURRENTLY "conversations_queue" ON "conversations" USING btree ("organisation_id","queue_id","waiting_since","id") WHERE status = 'waiting'
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "conversations_waiting"
