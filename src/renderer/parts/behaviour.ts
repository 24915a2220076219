const TITLES: Readonly<Record<string, string>> = {
  'new-api': 'New API call',
  'new-service': 'New service',
  'new-address': 'New address',
  'new-network': 'New network',
  'new-country': 'New country',
  'new-operator': 'New network operator',
  'new-role': 'New role taken',
  'new-bucket': 'New bucket',
  'new-user-agent': 'New user agent',
  'new-region': 'New Region',
  'new-peer': 'New peer',
  'new-port': 'New port',
  'sent-day': 'More sent in a day',
  'failure-share': 'More failures',
  volume: 'More calls',
  'failure-share-day': 'More failures in a day',
  'volume-day': 'More calls in a day',
};

/** Name of a kind of new behaviour; an unknown kind stays as it is. */
export function behaviourTitle(kind: string): string {
  return TITLES[kind] ?? kind;
}
