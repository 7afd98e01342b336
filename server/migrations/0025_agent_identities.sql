CREATE TABLE "agent_identities" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"world" text NOT NULL,
	"owner_id" uuid,
	"names" json NOT NULL,
	"avatar" text,
	"searched" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_identities_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "agent_identities_world" UNIQUE("organisation_id","id","world")
);
--> statement-breakpoint
CREATE TABLE "avatars" (
	"organisation_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "avatars_organisation_id_hash_pk" PRIMARY KEY("organisation_id","hash")
);
--> statement-breakpoint
CREATE TABLE "user_identities" (
	"organisation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"world" text NOT NULL,
	"identity_id" uuid NOT NULL,
	CONSTRAINT "user_identities_organisation_id_user_id_world_pk" PRIMARY KEY("organisation_id","user_id","world")
);
--> statement-breakpoint
ALTER TABLE "agent_identities" ADD CONSTRAINT "agent_identities_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_identities" ADD CONSTRAINT "agent_identities_organisation_id_owner_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","owner_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_organisation_id_organisations_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_identities" ADD CONSTRAINT "user_identities_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_identities" ADD CONSTRAINT "user_identities_organisation_id_identity_id_world_agent_identities_organisation_id_id_world_fk" FOREIGN KEY ("organisation_id","identity_id","world") REFERENCES "public"."agent_identities"("organisation_id","id","world") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agent_identities_owner" ON "agent_identities" USING btree ("organisation_id","owner_id");--> statement-breakpoint
CREATE INDEX "avatars_hash" ON "avatars" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "user_identities_identity" ON "user_identities" USING btree ("organisation_id","identity_id");--> statement-breakpoint
-- By hand from here on.
SELECT grata_confine('agent_identities'), grata_confine('avatars'), grata_confine('user_identities');
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- Names as they are shown: the one in the organisation's language first, for whoever reads none of the others.
CREATE FUNCTION grata_shown_names(organisation uuid, names json) RETURNS json
  LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT json_agg(one.name ORDER BY (one.name ->> 'language') IS DISTINCT FROM o.default_language, one.place)
  FROM json_array_elements(names) WITH ORDINALITY AS one (name, place)
  JOIN organisations o ON o.organisation_id = organisation;
END;
--> statement-breakpoint
-- The identities of a user by their world, as messages keep them.
CREATE FUNCTION grata_identities_of(organisation uuid, who uuid) RETURNS json
  LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT COALESCE(json_object_agg(i.world, json_build_object(
    'identityId', i.id, 'names', grata_shown_names(organisation, i.names), 'avatar', i.avatar) ORDER BY i.world), '{}')
  FROM user_identities u
  JOIN agent_identities i ON (i.organisation_id, i.id) = (u.organisation_id, u.identity_id)
  WHERE (u.organisation_id, u.user_id) = (organisation, who);
END;
--> statement-breakpoint
CREATE FUNCTION system_principal_of_session(token bytea, seeing_all text[])
  RETURNS TABLE (
    organisation_id uuid, session_id uuid, last_seen_at timestamptz, user_id uuid, name text, email text, role text,
    language text, time_zone text, notifications text, organisation_name text, organisation_time_zone text,
    default_language text, inactivity_minutes integer, second_factor_missing boolean, groups uuid[], identities json)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.*, grata_identities_of(s.organisation_id, s.user_id) FROM system_user_of_session(token, seeing_all) s;
END;
--> statement-breakpoint
CREATE FUNCTION system_principals_of_sessions(ids uuid[], seeing_all text[])
  RETURNS TABLE (
    id uuid, name text, role text, ended text, second_factor_missing boolean, groups uuid[], identities json)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT state.*, grata_identities_of(s.organisation_id, s.user_id)
  FROM system_users_of_sessions(ids, seeing_all) state
  JOIN sessions s ON s.id = state.id;
END;
--> statement-breakpoint
CREATE FUNCTION system_avatar(wanted text) RETURNS TABLE (content bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT a.content FROM avatars a WHERE a.hash = wanted;
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_principal_of_session(bytea, text[])', 'system_principals_of_sessions(uuid[], text[])', 'system_avatar(text)'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
