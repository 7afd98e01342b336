-- grata: backfill
-- Whom organisations vouched for before there was a table for it. The triggers keep what older nodes write meanwhile.
WITH slice AS (
  SELECT organisation_id, channel_id, id, external_id FROM customers
  WHERE organisation_id = $1 AND external_id IS NOT NULL AND ($2::uuid IS NULL OR id > $2::uuid)
  ORDER BY id LIMIT 1000
), identified AS (
  INSERT INTO customer_identities (organisation_id, channel_id, customer_id, kind, external_id, vouched)
  SELECT organisation_id, channel_id, id, 'signed', external_id, true FROM slice
  ON CONFLICT DO NOTHING
)
SELECT id::text AS cursor FROM slice ORDER BY id DESC LIMIT 1
