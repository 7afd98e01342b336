ALTER TABLE "conversations" ADD COLUMN "answers_by_mail" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "conversation_id" uuid;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "first_seq" integer;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "last_seq" integer;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_organisation_id_conversation_id_conversations_organisation_id_id_fk" FOREIGN KEY ("organisation_id","conversation_id") REFERENCES "public"."conversations"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mails_gathering" ON "mails" USING btree ("organisation_id","conversation_id") WHERE kind = 'answer' AND state = 'waiting' AND last_seq IS NULL;--> statement-breakpoint
CREATE INDEX "mails_conversation" ON "mails" USING btree ("organisation_id","conversation_id") WHERE conversation_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "mails_answered" ON "mails" USING btree ("organisation_id","recipient") WHERE kind = 'answer';--> statement-breakpoint
-- An answer names its chat and where in it it begins, and nothing else does. The only one written by hand here.
ALTER TABLE mails
  ADD CONSTRAINT mails_answer CHECK (
    (kind = 'answer') = (conversation_id IS NOT NULL) AND (kind = 'answer') = (first_seq IS NOT NULL)
  ) NOT VALID;
