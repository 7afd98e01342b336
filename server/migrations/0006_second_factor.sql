CREATE TABLE "authenticators" (
	"organisation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"secret" text NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "authenticators_organisation_id_user_id_pk" PRIMARY KEY("organisation_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"challenge_hash" "bytea" PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"holder_id" uuid,
	"origin" text NOT NULL,
	"expires_at" timestamp with time zone DEFAULT now() + interval '5 minutes' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"host" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "passkeys_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "pending_sign_ins" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone DEFAULT now() + interval '10 minutes' NOT NULL,
	CONSTRAINT "pending_sign_ins_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"organisation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"salt" "bytea" NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_codes_organisation_id_user_id_code_hash_pk" PRIMARY KEY("organisation_id","user_id","code_hash")
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "second_factor_required" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "authenticators" ADD CONSTRAINT "authenticators_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_sign_ins" ADD CONSTRAINT "pending_sign_ins_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_organisation_id_user_id_users_organisation_id_id_fk" FOREIGN KEY ("organisation_id","user_id") REFERENCES "public"."users"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passkey_challenges_expires" ON "passkey_challenges" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_credential" ON "passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkeys_user" ON "passkeys" USING btree ("organisation_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pending_sign_ins_token" ON "pending_sign_ins" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "pending_sign_ins_user" ON "pending_sign_ins" USING btree ("organisation_id","user_id");--> statement-breakpoint
SELECT grata_confine('authenticators'), grata_confine('recovery_codes'), grata_confine('passkeys'),
  grata_confine('pending_sign_ins');
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON passkey_challenges TO grata_application;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO grata_system;
--> statement-breakpoint
-- Whether a user has something besides the password: an app that has shown a right code, or a passkey.
CREATE FUNCTION grata_has_factor(organisation uuid, someone uuid) RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM authenticators a
      WHERE (a.organisation_id, a.user_id) = (organisation, someone) AND a.confirmed_at IS NOT NULL)
    OR EXISTS (SELECT FROM passkeys p WHERE (p.organisation_id, p.user_id) = (organisation, someone));
END;
--> statement-breakpoint
-- Only nodes of the release before ask the next two: they know of no second step, so they let nobody past who owes one.
CREATE OR REPLACE FUNCTION system_account(wanted text)
  RETURNS TABLE (organisation_id uuid, id uuid, password_hash text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT u.organisation_id, u.id, u.password_hash FROM users u
  WHERE u.email = wanted AND u.status = 'active' AND NOT grata_has_factor(u.organisation_id, u.id);
END;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION system_signed_in(token bytea)
  RETURNS TABLE (
    organisation_id uuid, session_id uuid, last_seen_at timestamptz, user_id uuid, name text, email text, role text,
    language text, time_zone text, notifications text, organisation_name text, organisation_time_zone text,
    default_language text, inactivity_minutes integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.organisation_id, s.id, s.last_seen_at, u.id, u.name, u.email, u.role, u.language, u.time_zone,
    u.notifications, o.name, o.time_zone, o.default_language, o.inactivity_minutes
  FROM sessions s
  JOIN users u ON (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
  JOIN organisations o ON o.organisation_id = s.organisation_id
  WHERE s.token_hash = token AND s.expires_at > now() AND s.last_seen_at > now() - interval '24 hours'
    AND (o.inactivity_minutes IS NULL OR s.active_at > now() - make_interval(mins => o.inactivity_minutes))
    AND u.status = 'active' AND (NOT o.second_factor_required OR grata_has_factor(u.organisation_id, u.id));
END;
--> statement-breakpoint
CREATE FUNCTION system_account_of(address text)
  RETURNS TABLE (organisation_id uuid, id uuid, password_hash text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT u.organisation_id, u.id, u.password_hash FROM users u WHERE u.email = address AND u.status = 'active';
END;
--> statement-breakpoint
CREATE FUNCTION system_session_of(token bytea)
  RETURNS TABLE (
    organisation_id uuid, session_id uuid, last_seen_at timestamptz, user_id uuid, name text, email text, role text,
    language text, time_zone text, notifications text, organisation_name text, organisation_time_zone text,
    default_language text, inactivity_minutes integer, second_factor_missing boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.organisation_id, s.id, s.last_seen_at, u.id, u.name, u.email, u.role, u.language, u.time_zone,
    u.notifications, o.name, o.time_zone, o.default_language, o.inactivity_minutes,
    o.second_factor_required AND NOT grata_has_factor(u.organisation_id, u.id)
  FROM sessions s
  JOIN users u ON (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
  JOIN organisations o ON o.organisation_id = s.organisation_id
  WHERE s.token_hash = token AND s.expires_at > now() AND s.last_seen_at > now() - interval '24 hours'
    AND (o.inactivity_minutes IS NULL OR s.active_at > now() - make_interval(mins => o.inactivity_minutes))
    AND u.status = 'active';
END;
--> statement-breakpoint
CREATE FUNCTION system_states_of_sessions(ids uuid[])
  RETURNS TABLE (id uuid, name text, role text, ended text, second_factor_missing boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.id, u.name, u.role,
    CASE
      WHEN u.status <> 'active' THEN 'disabled'
      WHEN s.end_reason IS NOT NULL THEN s.end_reason
      WHEN s.expires_at <= now() OR s.last_seen_at <= now() - interval '24 hours' THEN 'expired'
      WHEN s.active_at <= now() - make_interval(mins => o.inactivity_minutes) THEN 'inactive'
    END,
    o.second_factor_required AND NOT grata_has_factor(u.organisation_id, u.id)
  FROM sessions s
  JOIN users u ON (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
  JOIN organisations o ON o.organisation_id = s.organisation_id
  WHERE s.id = ANY (ids);
END;
--> statement-breakpoint
CREATE FUNCTION system_pending_sign_in(token bytea) RETURNS TABLE (organisation_id uuid, id uuid, user_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT p.organisation_id, p.id, p.user_id FROM pending_sign_ins p
  WHERE p.token_hash = token AND p.expires_at > now();
END;
--> statement-breakpoint
CREATE FUNCTION system_passkey(credential text) RETURNS TABLE (organisation_id uuid, id uuid, user_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT p.organisation_id, p.id, p.user_id FROM passkeys p WHERE p.credential_id = credential;
END;
--> statement-breakpoint
-- Every secret at rest. A column that joins them stands here, and in secrets/columns.ts.
CREATE FUNCTION system_secrets()
  RETURNS TABLE (organisation_id uuid, column_name text, row_id uuid, secret text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT a.organisation_id, 'authenticators.secret', a.user_id, a.secret FROM authenticators a
  UNION ALL
  SELECT w.organisation_id, 'webchat_settings.secret', w.channel_id, w.secret
  FROM webchat_settings w WHERE w.secret IS NOT NULL
  UNION ALL
  SELECT w.organisation_id, 'webchat_settings.former_secret', w.channel_id, w.former_secret
  FROM webchat_settings w WHERE w.former_secret IS NOT NULL;
END;
--> statement-breakpoint
CREATE FUNCTION system_secret_keys() RETURNS TABLE (id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT DISTINCT split_part(s.secret, '.', 2) FROM system_secrets() s WHERE starts_with(s.secret, 'v1.');
END;
--> statement-breakpoint
CREATE FUNCTION system_secrets_outside(prefix text, most integer)
  RETURNS TABLE (organisation_id uuid, column_name text, row_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT s.organisation_id, s.column_name, s.row_id FROM system_secrets() s
  WHERE NOT starts_with(s.secret, prefix) LIMIT most;
END;
--> statement-breakpoint
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'system_account_of(text)', 'system_session_of(bytea)', 'system_states_of_sessions(uuid[])',
    'system_pending_sign_in(bytea)', 'system_passkey(text)', 'system_secrets()', 'system_secret_keys()',
    'system_secrets_outside(text,integer)'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO grata_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO grata_application', signature);
  END LOOP;
END $$;
--> statement-breakpoint
-- It hands out the secrets themselves: only the two functions beside it may ask.
REVOKE EXECUTE ON FUNCTION system_secrets() FROM grata_application;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM grata_system;
