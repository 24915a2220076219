-- What grouping compares: one row for each finding and thing it names, kinds: session, root, principal, address, network,
-- instance (whose session made the records), shared (event in two accounts), target (id with its type in front).
SELECT finding_id AS id, 'session' AS kind, session_key AS thing FROM finding_calls WHERE session_key IS NOT NULL
UNION SELECT finding_id, 'root', root FROM finding_calls WHERE root IS NOT NULL
UNION SELECT finding_id, 'principal', principal FROM finding_calls WHERE principal IS NOT NULL
UNION SELECT finding_id, 'principal', entity_id FROM finding_entities WHERE role = 'actor' AND entity_type IN ('role', 'user', 'federatedUser', 'kubernetesSubject') AND NOT starts_with(entity_id, 'system:anonymous')
UNION SELECT finding_id, 'address', entity_id FROM finding_entities WHERE role = 'address'
UNION SELECT finding_id, 'address', ip FROM finding_calls WHERE ip IS NOT NULL
UNION SELECT finding_id, 'network', net FROM finding_hands
UNION SELECT finding_id, 'instance', instance_id FROM finding_calls WHERE instance_id <> ''
UNION SELECT finding_id, 'instance', root FROM finding_calls WHERE regexp_full_match(root, 'i-[0-9a-f]{8,17}')
UNION SELECT finding_id, 'shared', shared_event_id FROM finding_calls WHERE shared_event_id IS NOT NULL
UNION SELECT finding_id, 'target', entity_type || ' ' || entity_id FROM finding_entities WHERE role = 'target' AND entity_type <> 'account'
-- a log of the inside names a host by its private address: its own calls, its kubelet's requests, flow logs and
-- descriptions tell whose that is
UNION SELECT e.finding_id, 'target', 'instance ' || h.instance_id FROM finding_entities e
JOIN (
  SELECT source_ip AS address, instance_id FROM calls WHERE ip_class = 'private' AND instance_id <> ''
  UNION SELECT source_ip, user_session_name FROM k8s_audit WHERE user_username LIKE 'system:node:%' AND regexp_full_match(user_session_name, 'i-[0-9a-f]{8,17}')
  UNION SELECT local_addr, instance_id FROM flow_activity WHERE instance_id IS NOT NULL
  UNION SELECT address, instance_id FROM resource_addresses WHERE instance_id IS NOT NULL
) h ON h.address = e.entity_id
WHERE e.role = 'address' AND e.finding_id NOT IN (SELECT finding_id FROM finding_calls)
