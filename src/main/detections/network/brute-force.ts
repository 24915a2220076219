import { isPrivateSql } from '../../db/private-address';

/** Ports of one service and what one failed log-in to it looks like. */
interface GuessedService {
  readonly ports: readonly number[];
  /** Packets of a log-in attempt, from client to server. */
  readonly packets: readonly [least: number, most: number];
}

/**
 * Password guessing in flow logs (methods 4b): at least 20 alike short connections of one address to one service of one
 * host within 60 minutes. Every open port on the internet sees that, so guessing from outside that leads to nothing is
 * low. A long or heavy connection of the same pair afterwards hints at success. Hourly counts choose
 * the pairs, so that only their flows are read.
 */
export function bruteForceSql({ ports, packets: [least, most] }: GuessedService): string {
  return `
WITH hours AS (
  SELECT interface_id, instance_id, local_addr, peer_addr, service_port, hour, accepted + rejected AS n FROM flow_activity
  WHERE direction = 'in' AND protocol = 6 AND service_port IN (${ports.join(', ')})
), pairs AS (
  SELECT interface_id, any_value(instance_id) AS instance_id, local_addr, peer_addr, service_port
  FROM (SELECT *, sum(n) OVER (PARTITION BY interface_id, peer_addr, service_port ORDER BY hour RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW) AS recent FROM hours)
  WHERE recent >= 20 GROUP BY ALL
), tries AS (
  SELECT f.file_id, f.record_no, f.start_time, f.end_time, f.packets, f.srcport, f.action, p.interface_id, p.instance_id, p.local_addr, p.peer_addr, p.service_port,
    sum(f.packets) OVER c AS connection_packets, max(f.end_time) OVER c - min(f.start_time) OVER c AS lasted
  FROM flows f JOIN pairs p ON f.interface_id = p.interface_id AND f.srcaddr = p.peer_addr AND f.dstaddr = p.local_addr AND f.dstport = p.service_port
  WHERE f.protocol = 6
  WINDOW c AS (PARTITION BY f.interface_id, f.srcaddr, f.dstport, f.srcport, f.action, date_trunc('day', f.start_time))
), short AS (
  SELECT *, count(*) OVER (PARTITION BY interface_id, peer_addr, service_port ORDER BY start_time RANGE BETWEEN INTERVAL 60 MINUTE PRECEDING AND CURRENT ROW) AS n
  FROM tries WHERE connection_packets <= 100 AND lasted <= INTERVAL 2 MINUTE
), bursts AS (
  SELECT *, max(n) OVER (PARTITION BY interface_id, peer_addr, service_port ORDER BY start_time RANGE BETWEEN CURRENT ROW AND INTERVAL 60 MINUTE FOLLOWING) >= 20 AS dense FROM short
), episodes AS (
  SELECT *, count(*) FILTER (gap IS NULL OR gap > INTERVAL 6 HOUR) OVER (PARTITION BY interface_id, peer_addr, service_port ORDER BY start_time, file_id, record_no) AS episode
  FROM (SELECT *, start_time - lag(start_time) OVER (PARTITION BY interface_id, peer_addr, service_port ORDER BY start_time) AS gap FROM bursts WHERE dense)
), judged AS (
  SELECT interface_id, any_value(instance_id) AS instance_id, local_addr, peer_addr, service_port, episode, min(start_time) AS first_time, max(end_time) AS last_time, count(*) AS n,
    count(*) FILTER (action = 'ACCEPT') AS accepted, median(packets) FILTER (action = 'ACCEPT') AS usual,
    stddev_pop(packets) FILTER (action = 'ACCEPT') / avg(packets) FILTER (action = 'ACCEPT') AS spread
  FROM episodes GROUP BY ALL
  HAVING accepted < 20 OR (usual BETWEEN ${least} AND ${most} AND spread < 0.6)
), entered AS (
  SELECT j.interface_id, j.peer_addr, j.service_port, j.episode, count(*) AS records, max(t.connection_packets) AS packets, max(t.lasted) AS lasted
  FROM judged j JOIN tries t USING (interface_id, peer_addr, service_port)
  WHERE t.action = 'ACCEPT' AND t.start_time BETWEEN j.first_time AND j.last_time + INTERVAL 24 HOUR AND (t.connection_packets > 100 OR t.lasted > INTERVAL 60 SECOND) AND t.connection_packets > 2 * coalesce(j.usual, 0)
  GROUP BY ALL
), told AS (
  SELECT j.*, e.packets, e.lasted, e.records AS entered,
    CASE WHEN j.accepted < 20 THEN 'low' WHEN e.records IS NOT NULL THEN 'high' WHEN ${isPrivateSql('j.peer_addr')} THEN 'medium' ELSE 'low' END AS severity,
    j.peer_addr || ' made ' || j.n || ' short connections to port ' || j.service_port || ' of ' || coalesce(j.instance_id, j.local_addr) || ' between ' || strftime(j.first_time, '%Y-%m-%d %H:%M') || ' and ' || strftime(j.last_time, '%H:%M') || ' UTC'
      || CASE WHEN j.accepted < 20 THEN '; the network let ' || CASE WHEN j.accepted = 0 THEN 'none' ELSE 'only ' || j.accepted END || ' of them through.'
           WHEN e.records IS NOT NULL THEN '. One later connection carried ' || e.packets || ' packets over ' || CAST(epoch(e.lasted) AS BIGINT) || ' seconds: a log-in probably succeeded.'
           ELSE '. No longer connection followed, so probably none succeeded.' END AS note
  FROM judged j LEFT JOIN entered e USING (interface_id, peer_addr, service_port, episode)
)
SELECT e.file_id, e.record_no, concat_ws('|', e.peer_addr, e.interface_id, e.service_port, strftime(t.first_time, '%Y-%m-%d')) AS fold, t.severity, t.note,
  e.peer_addr AS address, CASE WHEN t.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(t.instance_id, e.interface_id) AS target_id
FROM episodes e JOIN told t USING (interface_id, peer_addr, service_port, episode)
UNION ALL
SELECT x.file_id, x.record_no, concat_ws('|', x.peer_addr, x.interface_id, x.service_port, strftime(t.first_time, '%Y-%m-%d')), t.severity, t.note,
  x.peer_addr, CASE WHEN t.instance_id IS NULL THEN 'resource' ELSE 'instance' END, coalesce(t.instance_id, x.interface_id)
FROM tries x JOIN told t USING (interface_id, peer_addr, service_port)
WHERE t.entered IS NOT NULL AND x.action = 'ACCEPT' AND x.start_time BETWEEN t.first_time AND t.last_time + INTERVAL 24 HOUR
  AND (x.connection_packets > 100 OR x.lasted > INTERVAL 60 SECOND) AND x.connection_packets > 2 * coalesce(t.usual, 0)`;
}
