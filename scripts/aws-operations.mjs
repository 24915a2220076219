import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { inRoot } from './setup/paths.mjs';

/** Names that the command line gives to services of botocore. */
const SERVICES = { s3api: 's3', configservice: 'config' };

/** An API name as the command line spells it, by botocore's own rules (`xform_name`): DBInstanceId -> db-instance-id. */
function kebab(name) {
  return name
    .replace(/([A-Z]{2,}s)$/, (plural) => `-${plural.toLowerCase()}`)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z])([0-9]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/--+/g, '-')
    .replace(/^-/, '')
    .toLowerCase();
}

function modelOf(data, service) {
  const folder = join(data, SERVICES[service] ?? service);
  const version = readdirSync(folder).sort().at(-1);
  const file = join(folder, version, 'service-2.json');
  try {
    return JSON.parse(gunzipSync(readFileSync(`${file}.gz`)).toString('utf8'));
  } catch {
    return JSON.parse(readFileSync(file, 'utf8'));
  }
}

/** Options of an operation, or null when there is none: `{required, flags (booleans), values}`. */
function optionsOf(model, command) {
  const found = Object.values(model.operations).find(({ name }) => kebab(name) === command);
  if (!found) return null;
  const { members = {}, required = [] } = found.input ? model.shapes[found.input.shape] : {};
  const isFlag = ([, { shape }]) => {
    const { type, members: inner } = model.shapes[shape];
    const wrapped = type === 'structure' && inner?.Value && Object.keys(inner).length === 1;
    return type === 'boolean' || (wrapped && model.shapes[inner.Value.shape].type === 'boolean');
  };
  const entries = Object.entries(members);
  return {
    required: required.map(kebab).sort(),
    flags: entries
      .filter(isFlag)
      .map(([name]) => kebab(name))
      .sort(),
    values: entries
      .filter((entry) => !isFlag(entry))
      .map(([name]) => kebab(name))
      .sort(),
  };
}

/**
 * `node scripts/aws-operations.mjs <botocore/data> <version>`: writes test/support/aws-operations.json, the options of
 * every operation that a remediation command names, from the service models of an unpacked botocore.
 */
const [data, version] = process.argv.slice(2);
if (data === undefined || version === undefined)
  throw new Error('give the folder botocore/data and its version');
const actions = JSON.parse(readFileSync(inRoot('resources', 'remediation', 'actions.json'), 'utf8'));
const commands = actions.flatMap(({ cli }) => cli).filter((line) => line.startsWith('aws '));
const names = [...new Set(commands.map((line) => line.split(' ').slice(1, 3).join(' ')))].sort();
const operations = Object.fromEntries(
  names.map((name) => {
    const [service, command] = name.split(' ');
    return [name, optionsOf(modelOf(data, service), command)];
  }),
);
const source = `botocore ${version}, service models, Copyright Amazon.com, Inc. or its affiliates, Apache-2.0`;
writeFileSync(
  inRoot('test', 'support', 'aws-operations.json'),
  `${JSON.stringify({ source, operations }, null, 1)}\n`,
);
