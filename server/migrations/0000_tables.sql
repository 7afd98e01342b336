CREATE TABLE "sessions" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"user_id" uuid NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sessions_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"language" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"password_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channels_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"status" text NOT NULL,
	"claimed_by" uuid,
	"head" integer NOT NULL,
	"opened_with" uuid NOT NULL,
	"first_text" text NOT NULL,
	"last_text" text NOT NULL,
	"last_author" text NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"unanswered_since" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"waiting_since" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "conversations_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"organisation_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"author_kind" text NOT NULL,
	"user_id" uuid,
	"author_name" text,
	"audience" text NOT NULL,
	"occurrence" json NOT NULL,
	"delivery" text NOT NULL,
	"client_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "entries_organisation_id_conversation_id_seq_pk" PRIMARY KEY("organisation_id","conversation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "list_versions" (
	"organisation_id" uuid NOT NULL,
	"list" text NOT NULL,
	"version" integer NOT NULL,
	"size" integer NOT NULL,
	CONSTRAINT "list_versions_organisation_id_list_pk" PRIMARY KEY("organisation_id","list")
);
--> statement-breakpoint
CREATE TABLE "read_marks" (
	"organisation_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"reader_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "read_marks_organisation_id_conversation_id_reader_id_pk" PRIMARY KEY("organisation_id","conversation_id","reader_id")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"name" text,
	"language" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customers_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "visitor_tokens" (
	"organisation_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"customer_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "visitor_tokens_organisation_id_token_hash_pk" PRIMARY KEY("organisation_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"organisation_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"began_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "deliveries_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "lanes" (
	"organisation_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"leased_until" timestamp with time zone,
	"leased_by" uuid,
	"due_at" timestamp with time zone,
	CONSTRAINT "lanes_organisation_id_channel_id_customer_id_pk" PRIMARY KEY("organisation_id","channel_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "set_up_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_organisation_id_channel_id_channels_organisation_id_id_fk" FOREIGN KEY ("organisation_id","channel_id") REFERENCES "public"."channels"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_organisation_id_customer_id_customers_organisation_id_id_fk" FOREIGN KEY ("organisation_id","customer_id") REFERENCES "public"."customers"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_organisation_id_claimed_by_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","claimed_by") REFERENCES "public"."users"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_organisation_id_conversation_id_conversations_organisation_id_id_fk" FOREIGN KEY ("organisation_id","conversation_id") REFERENCES "public"."conversations"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_versions" ADD CONSTRAINT "list_versions_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_marks" ADD CONSTRAINT "read_marks_organisation_id_conversation_id_conversations_organisation_id_id_fk" FOREIGN KEY ("organisation_id","conversation_id") REFERENCES "public"."conversations"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_organisation_id_channel_id_channels_organisation_id_id_fk" FOREIGN KEY ("organisation_id","channel_id") REFERENCES "public"."channels"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor_tokens" ADD CONSTRAINT "visitor_tokens_organisation_id_customer_id_customers_organisation_id_id_fk" FOREIGN KEY ("organisation_id","customer_id") REFERENCES "public"."customers"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_organisation_id_channel_id_customer_id_lanes_organisation_id_channel_id_customer_id_fk" FOREIGN KEY ("organisation_id","channel_id","customer_id") REFERENCES "public"."lanes"("organisation_id","channel_id","customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_organisation_id_conversation_id_seq_entries_organisation_id_conversation_id_seq_fk" FOREIGN KEY ("organisation_id","conversation_id","seq") REFERENCES "public"."entries"("organisation_id","conversation_id","seq") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lanes" ADD CONSTRAINT "lanes_organisation_id_channel_id_channels_organisation_id_id_fk" FOREIGN KEY ("organisation_id","channel_id") REFERENCES "public"."channels"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lanes" ADD CONSTRAINT "lanes_organisation_id_customer_id_customers_organisation_id_id_fk" FOREIGN KEY ("organisation_id","customer_id") REFERENCES "public"."customers"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "channels_id" ON "channels" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_open" ON "conversations" USING btree ("organisation_id","customer_id") WHERE status <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_opened_with" ON "conversations" USING btree ("organisation_id","customer_id","opened_with");--> statement-breakpoint
CREATE INDEX "conversations_waiting" ON "conversations" USING btree ("organisation_id","waiting_since") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "conversations_claimed" ON "conversations" USING btree ("organisation_id","claimed_by") WHERE status = 'claimed';--> statement-breakpoint
CREATE INDEX "conversations_closed" ON "conversations" USING btree ("organisation_id","closed_at") WHERE status = 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "entries_client" ON "entries" USING btree ("organisation_id","conversation_id","client_id");--> statement-breakpoint
CREATE UNIQUE INDEX "visitor_tokens_token" ON "visitor_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "deliveries_lane" ON "deliveries" USING btree ("organisation_id","channel_id","customer_id","id");--> statement-breakpoint
CREATE INDEX "lanes_due" ON "lanes" USING btree ("due_at");