/** Line drawings on a 16 x 16 grid, one per kind of entity: tables draw them as SVG, the graph as canvas paths. */
export const GLYPHS: Readonly<Record<string, string>> = {
  account: 'M3 14V5.2L8 2l5 3.2V14M1.8 14h12.4M6.4 14v-3.6h3.2V14M6.4 7h.01M9.6 7h.01',
  role: 'M8 1.8l5 1.9v3.9c0 3.2-2.1 5.4-5 6.6-2.9-1.2-5-3.4-5-6.6V3.7z',
  roleSession: 'M8 1.8l5 1.9v3.9c0 3.2-2.1 5.4-5 6.6-2.9-1.2-5-3.4-5-6.6V3.7zM8 5v3l1.9 1.2',
  user: 'M8 7.8a2.8 2.8 0 100-5.6 2.8 2.8 0 000 5.6zM2.8 14c.4-2.9 2.5-4.2 5.2-4.2s4.8 1.3 5.2 4.2',
  federatedUser:
    'M6.5 8a2.6 2.6 0 100-5.2 2.6 2.6 0 000 5.2zM1.8 14c.4-2.7 2.2-4 4.7-4s4.3 1.3 4.7 4M10.8 4.4h3.4M12.6 2.6l1.8 1.8-1.8 1.8',
  service: 'M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9zM8 10.1a2.1 2.1 0 100-4.2 2.1 2.1 0 000 4.2z',
  accessKey:
    'M10.3 9.2a3.6 3.6 0 10-3.4-2.4L2 11.7V14h2.4v-1.6H6v-1.6h1.4l1.2-1.9a3.6 3.6 0 001.7.3zM11 5h.01',
  instance: 'M2.5 2.8h11v4.2h-11zM2.5 9h11v4.2h-11zM5 4.9h.01M5 11.1h.01M8 4.9h3M8 11.1h3',
  address:
    'M8 14A6 6 0 108 2a6 6 0 000 12zM2 8h12M8 2c1.9 1.9 2.6 4 2.6 6S9.9 12.1 8 14c-1.9-1.9-2.6-4-2.6-6S6.1 3.9 8 2z',
  bucket:
    'M2.5 4c0-1 2.5-1.8 5.5-1.8s5.5.8 5.5 1.8-2.5 1.8-5.5 1.8S2.5 5 2.5 4zM2.5 4l1.2 8.8c.2.8 2 1.4 4.3 1.4s4.1-.6 4.3-1.4L13.5 4',
  userAgent: 'M2 3h12v10H2zM4.5 6l2 2-2 2M8.5 10.2h3',
  function: 'M4 2.6h2.2l5 10.8H13M7.5 7L4.2 13.4',
  cluster:
    'M8 1.6l5.2 2.5 1.3 5.6-3.6 4.5H5.1L1.5 9.7l1.3-5.6zM8 9.9a2 2 0 100-4 2 2 0 000 4zM8 1.6v4.3M3.6 12.2l2.9-2.9M12.4 12.2L9.5 9.3',
  pod: 'M8 1.8l5.4 3v6.4L8 14.2l-5.4-3V4.8zM8 5.2l2.6 1.4v3L8 11l-2.6-1.4v-3z',
  image: 'M2 3h12v3.4H2zM2 6.4h12v3.4H2zM2 9.8h12v3.4H2zM4.2 4.7h.01M4.2 8.1h.01M4.2 11.5h.01',
  kubernetesSubject:
    'M8 1.6l5.2 2.5 1.3 5.6-3.6 4.5H5.1L1.5 9.7l1.3-5.6zM8 7.4a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4zM5 11.6c.3-1.9 1.5-2.8 3-2.8s2.7.9 3 2.8',
  domain: 'M2 4.2h12v7.6H2zM4.2 9.4L5.4 6.6 6.6 9.4M9.4 6.6l1.2 2.8 1.2-2.8',
  resource: 'M8 1.8l5.4 3v6.4L8 14.2l-5.4-3V4.8zM2.6 4.8L8 7.8l5.4-3M8 7.8v6.4',
  finding: 'M8 2.2l6.2 11.3H1.8zM8 6.5v3.2M8 11.6h.01',
  group: 'M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z',
};

/** Colour family of a kind of entity: a name of the `--kind-*` tokens. */
export const GLYPH_FAMILIES: Readonly<Record<string, string>> = {
  account: 'other',
  role: 'identity',
  roleSession: 'identity',
  user: 'identity',
  federatedUser: 'identity',
  service: 'other',
  accessKey: 'credential',
  instance: 'compute',
  address: 'network',
  bucket: 'storage',
  userAgent: 'network',
  function: 'compute',
  cluster: 'compute',
  pod: 'compute',
  image: 'compute',
  kubernetesSubject: 'identity',
  domain: 'network',
  resource: 'storage',
};
