-- +goose Up
-- How long nobody may apply anew after a cancellation was two policies, one that decided and one that the page of a cancellation showed; it is one.
UPDATE policy SET key = 'reapply.months'
WHERE key = 'bar.months' AND NOT EXISTS (
	SELECT 1 FROM policy p WHERE p.key = 'reapply.months' AND p.region = policy.region AND p.effective = policy.effective);
DELETE FROM policy WHERE key = 'bar.months';
