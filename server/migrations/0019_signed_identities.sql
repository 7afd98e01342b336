-- Runs in slices: whom the organisations vouched for before there was a table for it.
INSERT INTO customer_identities (organisation_id, channel_id, customer_id, kind, external_id, vouched)
SELECT c.organisation_id, c.channel_id, c.id, 'signed', c.external_id, true
FROM customers c
WHERE c.external_id IS NOT NULL AND NOT EXISTS (
  SELECT FROM customer_identities i
  WHERE (i.organisation_id, i.channel_id, i.kind, i.external_id)
    = (c.organisation_id, c.channel_id, 'signed', c.external_id))
LIMIT 10000
ON CONFLICT DO NOTHING;
