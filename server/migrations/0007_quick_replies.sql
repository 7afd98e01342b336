CREATE TABLE "quick_replies" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"owner_id" uuid,
	"name" text NOT NULL,
	"category" text NOT NULL,
	"texts" json NOT NULL,
	"key" text NOT NULL,
	"searched" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quick_replies_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "quick_replies_key" UNIQUE NULLS NOT DISTINCT("organisation_id","owner_id","key")
);
--> statement-breakpoint
ALTER TABLE "quick_replies" ADD CONSTRAINT "quick_replies_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quick_replies" ADD CONSTRAINT "quick_replies_organisation_id_owner_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","owner_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "quick_replies_category" ON "quick_replies" USING btree ("organisation_id","owner_id","category");
--> statement-breakpoint
SELECT grata_confine('quick_replies');
