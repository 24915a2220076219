-- Instances by their calls and by the traffic of their interfaces; an interface whose instance no record tells stands for
-- itself. Traffic counts whole hours.
WITH called AS (
  SELECT instance_id AS id, count(*) AS calls, count(error_code) AS failed FROM calls
  WHERE instance_id IS NOT NULL AND {{event_time}} GROUP BY ALL
), traffic AS (
  SELECT coalesce(instance_id, interface_id) AS id, sum(bytes_in) AS bytes_in, sum(bytes_out) AS bytes_out, sum(accepted) AS accepted, sum(rejected) AS rejected
  FROM flow_activity
  WHERE CAST($from AS TIMESTAMP) IS NULL
    OR (hour >= date_trunc('hour', CAST($from AS TIMESTAMP)) AND hour <= CAST($to AS TIMESTAMP))
  GROUP BY ALL
)
SELECT id, coalesce(calls, 0) AS calls, coalesce(failed, 0) AS failed, CAST(coalesce(bytes_in, 0) AS BIGINT) AS "bytesIn",
  CAST(coalesce(bytes_out, 0) AS BIGINT) AS "bytesOut", CAST(coalesce(accepted, 0) AS BIGINT) AS accepted, CAST(coalesce(rejected, 0) AS BIGINT) AS rejected
FROM called FULL JOIN traffic USING (id)
ORDER BY coalesce(calls, 0) DESC, coalesce(bytes_in, 0) + coalesce(bytes_out, 0) DESC, id
LIMIT 50
