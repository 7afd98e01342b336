CREATE TABLE "customer_identities" (
	"organisation_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	"vouched" boolean NOT NULL,
	CONSTRAINT "customer_identities_organisation_id_channel_id_kind_external_id_pk" PRIMARY KEY("organisation_id","channel_id","kind","external_id")
);
--> statement-breakpoint
ALTER TABLE "customer_identities" ADD CONSTRAINT "customer_identities_organisation_id_channel_id_channels_organisation_id_id_fk" FOREIGN KEY ("organisation_id","channel_id") REFERENCES "public"."channels"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_identities" ADD CONSTRAINT "customer_identities_organisation_id_customer_id_customers_organisation_id_id_fk" FOREIGN KEY ("organisation_id","customer_id") REFERENCES "public"."customers"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customer_identities_customer" ON "customer_identities" USING btree ("organisation_id","customer_id");--> statement-breakpoint
-- By hand from here on.
SELECT grata_confine('customer_identities');
--> statement-breakpoint
-- Nodes of the release before go on reading and writing customers.external_id while both run: a signed identity and
-- that column are kept the same, both ways. The next release drops the two triggers and the column.
CREATE FUNCTION note_signed_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.external_id IS NULL THEN
    DELETE FROM customer_identities i
    WHERE (i.organisation_id, i.customer_id, i.kind) = (NEW.organisation_id, NEW.id, 'signed');
  ELSE
    INSERT INTO customer_identities (organisation_id, channel_id, customer_id, kind, external_id, vouched)
    VALUES (NEW.organisation_id, NEW.channel_id, NEW.id, 'signed', NEW.external_id, true)
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER customers_signed_new AFTER INSERT ON customers
  FOR EACH ROW WHEN (NEW.external_id IS NOT NULL) EXECUTE FUNCTION note_signed_identity();
--> statement-breakpoint
CREATE TRIGGER customers_signed AFTER UPDATE OF external_id ON customers
  FOR EACH ROW WHEN (OLD.external_id IS DISTINCT FROM NEW.external_id) EXECUTE FUNCTION note_signed_identity();
--> statement-breakpoint
CREATE FUNCTION note_external_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE customers c SET external_id = NULL
    WHERE (c.organisation_id, c.id, c.external_id) = (OLD.organisation_id, OLD.customer_id, OLD.external_id);
  ELSE
    UPDATE customers c SET external_id = NEW.external_id
    WHERE (c.organisation_id, c.id) = (NEW.organisation_id, NEW.customer_id)
      AND c.external_id IS DISTINCT FROM NEW.external_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER customer_identities_made AFTER INSERT ON customer_identities
  FOR EACH ROW WHEN (NEW.kind = 'signed') EXECUTE FUNCTION note_external_id();
--> statement-breakpoint
CREATE TRIGGER customer_identities_gone AFTER DELETE ON customer_identities
  FOR EACH ROW WHEN (OLD.kind = 'signed') EXECUTE FUNCTION note_external_id();
