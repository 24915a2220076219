-- What kind of network an operator runs. A place of a cloud, a VPN or a satellite says little about where a person is.
UPDATE address_places SET network_kind = CASE
  WHEN asn IN (16509, 14618, 8987, 7224, 38895) OR regexp_matches(organization, '(?i)^amazon') THEN 'aws'
  WHEN asn IN (14593, 7155, 22351, 13955, 40306, 16422) OR regexp_matches(organization, '(?i)starlink|space exploration|viasat|inmarsat|hughes network') THEN 'satellite'
  WHEN asn IN (9009, 212238, 60068, 136787, 272096, 39351, 209103, 22616, 62044, 53813, 206092, 141039, 147049)
    OR regexp_matches(organization, '(?i)\bvpn\b|m247|datacamp|packethub|mullvad|31173|proton ag|zscaler|nordvpn|privado|surfshark|tefincom|netskope|windscribe') THEN 'vpn'
  WHEN regexp_matches(organization, '(?i)google|microsoft|digital ?ocean|\bovh|hetzner|linode|akamai|vultr|choopa|constant company|contabo|leaseweb|alibaba|tencent|oracle|scaleway|cloudflare|fastly|hosting|hostinger|hostwinds|data ?cent(er|re)|\bcloud|\bcolo|\bvps\b|servers?\b|ionos|rackspace|upcloud|quadranet|psychz|dedicated|fdcservers|frantech|buyvm|selectel|timeweb|aeza')
    AND NOT regexp_matches(organization, '(?i)google fiber') THEN 'hosting'
END;
UPDATE address_places SET latitude = c.latitude, longitude = c.longitude, radius_km = c.radius
FROM (SELECT unnest(from_json($centres, '[{"country":"VARCHAR","latitude":"DOUBLE","longitude":"DOUBLE","radius":"DOUBLE"}]'), recursive := true)) c
WHERE address_places.country = c.country AND address_places.latitude IS NULL
