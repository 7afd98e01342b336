-- grata: backfill
WITH slice AS (
  SELECT id FROM conversations
  WHERE organisation_id = $1 AND ($2::uuid IS NULL OR id > $2::uuid)
  ORDER BY id LIMIT 1000 FOR NO KEY UPDATE
), filled AS (
  UPDATE conversations c SET queue_id = COALESCE(c.tester_id, c.organisation_id)
  FROM slice WHERE c.organisation_id = $1 AND c.id = slice.id AND c.queue_id IS NULL
)
SELECT id::text AS cursor FROM slice ORDER BY id DESC LIMIT 1
