-- Proved by reading, beside those who write; then the column is declared by the proof and the table is not read again.
ALTER TABLE conversations VALIDATE CONSTRAINT conversations_queued;
--> statement-breakpoint
ALTER TABLE conversations ALTER COLUMN queue_id SET NOT NULL;
--> statement-breakpoint
ALTER TABLE conversations DROP CONSTRAINT conversations_queued;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER conversations_fill_queue BEFORE INSERT ON conversations
  FOR EACH ROW WHEN (NEW.queue_id IS NULL) EXECUTE FUNCTION grata_fill_queue();
