import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-014',
  title: 'Host talks to an address that a provider finding calls bad',
  description:
    'A host exchanged data with an address that a GuardDuty finding of this case names as malicious.',
  tactic: 'command-and-control',
  techniques: ['T1071'],
  severity: 'high',
  severityReason: 'Threat lists hold servers of attackers; medium when the outside began the conversation.',
  falsePositives: 'Stale lists; addresses that several customers of a provider share',
  remediation: ['R-EC2-ISO', 'R-IP-BLOCK'],
  source: 'vpc-flow',
  sql: `
WITH bad AS (
  SELECT address, min(type) AS type FROM (
    SELECT type, unnest([service ->> '$.action.networkConnectionAction.remoteIpDetails.ipAddressV4', service ->> '$.action.awsApiCallAction.remoteIpDetails.ipAddressV4', service ->> '$.action.kubernetesApiCallAction.remoteIpDetails.ipAddressV4']) AS address
    FROM provider_findings WHERE regexp_matches(type, 'MaliciousIPCaller|C&CActivity|CryptoCurrency|Bitcoin|Backdoor|Trojan|DropPoint|Blackhole|TorIPCaller|TorClient|TorRelay|InstanceCredentialExfiltration')
  ) WHERE address IS NOT NULL GROUP BY address
), met AS (
  SELECT a.interface_id, any_value(a.instance_id) AS instance_id, a.local_addr, a.peer_addr, a.direction, any_value(b.type) AS type, sum(a.bytes_out) AS sent, sum(a.bytes_in) AS received, sum(a.packets) AS packets
  FROM flow_activity a JOIN bad b ON b.address = a.peer_addr WHERE a.accepted > 0 GROUP BY a.interface_id, a.local_addr, a.peer_addr, a.direction
  HAVING a.direction = 'out' OR sum(a.packets) >= 100
)
SELECT f.file_id, f.record_no, concat_ws('|', m.interface_id, m.peer_addr, m.direction) AS fold, CASE WHEN m.direction = 'in' THEN 'medium' END AS severity,
  coalesce(m.instance_id, m.local_addr) || ' exchanged data with ' || m.peer_addr || ' (' || m.type || '): ' || m.sent || ' bytes out, ' || m.received || ' in.' AS note,
  m.peer_addr AS address, CASE WHEN m.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(m.instance_id, m.interface_id) AS target_id
FROM met m JOIN flows f ON f.interface_id = m.interface_id AND f.action = 'ACCEPT'
  AND ((f.srcaddr = m.local_addr AND f.dstaddr = m.peer_addr) OR (f.srcaddr = m.peer_addr AND f.dstaddr = m.local_addr))
QUALIFY row_number() OVER (PARTITION BY m.interface_id, m.peer_addr, m.direction ORDER BY f.start_time, f.file_id, f.record_no) <= 1000`,
});
