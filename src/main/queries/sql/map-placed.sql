-- Every request that came from a public address, with the place of the address.
visits AS (
{{visits}}
), placed AS (
  SELECT v.*, p.country, p.city, p.asn, p.organization, p.network_kind, p.origin, p.latitude, p.longitude, p.radius_km
  FROM visits v JOIN address_places p USING (address)
)
