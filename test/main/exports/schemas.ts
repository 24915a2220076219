/**
 * What the receiving tools demand, as JSON Schemas: ATT&CK Navigator's layer format 4.5, the mandatory attributes of
 * OCSF 1.3 Detection Finding, MISP's core format, and what Timesketch's importer asks of a line.
 */
const text = { type: 'string', minLength: 1 };
const millis = { type: 'integer', minimum: 946_684_800_000, maximum: 4_102_444_800_000 };
const color = { type: 'string', pattern: '^#[0-9a-f]{6}$' };
const link = { type: 'object', required: ['label', 'url'] };
const nameValue = {
  type: 'object',
  required: ['name', 'value'],
  properties: { name: text, value: { type: 'string' } },
};

export const NAVIGATOR = {
  type: 'object',
  required: ['name', 'versions', 'domain'],
  additionalProperties: false,
  properties: {
    name: text,
    versions: {
      type: 'object',
      required: ['layer', 'navigator'],
      properties: {
        layer: { const: '4.5' },
        attack: { type: 'string', pattern: '^\\d+$' },
        navigator: { type: 'string', pattern: '^\\d+\\.\\d+' },
      },
    },
    domain: { enum: ['enterprise-attack', 'mobile-attack', 'ics-attack'] },
    description: { type: 'string' },
    customDataURL: { type: 'string' },
    filters: {
      type: 'object',
      additionalProperties: false,
      properties: { platforms: { type: 'array', items: text } },
    },
    sorting: { enum: [0, 1, 2, 3] },
    layout: {
      type: 'object',
      additionalProperties: false,
      properties: {
        layout: { enum: ['side', 'flat', 'mini'] },
        showID: { type: 'boolean' },
        showName: { type: 'boolean' },
        showAggregateScores: { type: 'boolean' },
        countUnscored: { type: 'boolean' },
        aggregateFunction: { enum: ['average', 'min', 'max', 'sum'] },
        expandedSubtechniques: { enum: ['none', 'annotated', 'all'] },
      },
    },
    hideDisabled: { type: 'boolean' },
    techniques: {
      type: 'array',
      items: {
        type: 'object',
        required: ['techniqueID'],
        additionalProperties: false,
        properties: {
          techniqueID: { type: 'string', pattern: '^T\\d{4}(\\.\\d{3})?$' },
          tactic: { type: 'string', pattern: '^[a-z-]+$' },
          comment: { type: 'string' },
          enabled: { type: 'boolean' },
          score: { type: 'number' },
          color,
          metadata: { type: 'array', items: nameValue },
          links: { type: 'array', items: link },
          showSubtechniques: { type: 'boolean' },
        },
      },
    },
    gradient: {
      type: 'object',
      required: ['colors', 'minValue', 'maxValue'],
      properties: {
        colors: { type: 'array', minItems: 2, items: color },
        minValue: { type: 'number' },
        maxValue: { type: 'number' },
      },
    },
    legendItems: {
      type: 'array',
      items: { type: 'object', required: ['label', 'color'], properties: { label: text, color } },
    },
    showTacticRowBackground: { type: 'boolean' },
    tacticRowBackground: color,
    selectTechniquesAcrossTactics: { type: 'boolean' },
    selectSubtechniquesWithParent: { type: 'boolean' },
    selectVisibleTechniques: { type: 'boolean' },
    metadata: { type: 'array', items: nameValue },
    links: { type: 'array', items: link },
  },
};

export const OCSF = {
  type: 'object',
  required: [
    'activity_id',
    'category_uid',
    'class_uid',
    'type_uid',
    'time',
    'severity_id',
    'metadata',
    'finding_info',
    'cloud',
    'status_id',
  ],
  properties: {
    activity_id: { enum: [0, 1, 2, 3, 99] },
    category_uid: { const: 2 },
    class_uid: { const: 2004 },
    type_uid: { const: 200401 },
    time: millis,
    start_time: millis,
    end_time: millis,
    count: { type: 'integer', minimum: 1 },
    severity_id: { enum: [1, 2, 3, 4, 5] },
    severity: { enum: ['Informational', 'Low', 'Medium', 'High', 'Critical'] },
    status_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
    metadata: {
      type: 'object',
      required: ['product', 'version'],
      properties: {
        version: { const: '1.3.0' },
        product: { type: 'object', required: ['vendor_name'], properties: { name: text, vendor_name: text } },
        profiles: { type: 'array', items: { const: 'cloud' } },
      },
    },
    finding_info: {
      type: 'object',
      required: ['uid', 'title'],
      properties: {
        uid: text,
        title: text,
        analytic: {
          type: 'object',
          required: ['type_id'],
          properties: { type_id: { enum: [0, 1, 2, 3, 4, 99] } },
        },
        attacks: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              tactic: { type: 'object', properties: { uid: { type: 'string', pattern: '^TA\\d{4}$' } } },
              technique: { type: 'object', properties: { uid: { type: 'string', pattern: '^T\\d{4}$' } } },
              sub_technique: {
                type: 'object',
                properties: { uid: { type: 'string', pattern: '^T\\d{4}\\.\\d{3}$' } },
              },
            },
          },
        },
        related_events: { type: 'array', items: { type: 'object', required: ['uid'] } },
      },
    },
    cloud: { type: 'object', required: ['provider'], properties: { provider: text, region: text } },
    resources: { type: 'array', items: { type: 'object', required: ['uid'] } },
    evidences: { type: 'array', items: { type: 'object', minProperties: 1 } },
    observables: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'type_id'],
        properties: { type_id: { enum: [2, 10, 16] } },
      },
    },
  },
};

const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' };
const seconds = { type: 'string', pattern: '^\\d{9,10}$' };

export const MISP = {
  type: 'object',
  required: ['Event'],
  properties: {
    Event: {
      type: 'object',
      required: [
        'uuid',
        'info',
        'date',
        'threat_level_id',
        'analysis',
        'distribution',
        'timestamp',
        'Attribute',
      ],
      properties: {
        uuid,
        info: text,
        date: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
        threat_level_id: { enum: ['1', '2', '3', '4'] },
        analysis: { enum: ['0', '1', '2'] },
        distribution: { enum: ['0', '1', '2', '3', '4'] },
        published: { const: false },
        timestamp: seconds,
        Orgc: { type: 'object', required: ['name', 'uuid'], properties: { name: text, uuid } },
        Tag: { type: 'array', items: { type: 'object', required: ['name'] } },
        Attribute: {
          type: 'array',
          items: {
            type: 'object',
            required: ['uuid', 'type', 'category', 'value', 'to_ids', 'distribution', 'timestamp'],
            properties: {
              uuid,
              value: text,
              to_ids: { type: 'boolean' },
              distribution: { enum: ['0', '1', '2', '3', '4', '5'] },
              timestamp: seconds,
            },
            // Categories that MISP allows for each of the types.
            oneOf: [
              {
                properties: {
                  type: { const: 'ip-src' },
                  category: { enum: ['Network activity', 'Payload delivery', 'External analysis'] },
                },
              },
              {
                properties: {
                  type: { const: 'user-agent' },
                  category: { enum: ['Network activity', 'Payload delivery', 'External analysis'] },
                },
              },
              {
                properties: {
                  type: { const: 'text' },
                  category: { enum: ['Attribution', 'Other', 'Internal reference', 'External analysis'] },
                },
              },
            ],
          },
        },
      },
    },
  },
};

export const TIMESKETCH = {
  type: 'object',
  required: ['message', 'datetime', 'timestamp_desc'],
  properties: {
    message: text,
    datetime: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00$' },
    timestamp: { type: 'integer' },
    timestamp_desc: text,
    tag: { type: 'array', items: { type: 'string' } },
  },
};
