import { describe, expect, test } from 'vitest';
import known from '../../../resources/attack/api-calls.json';
import { techniquesOfCall } from '../../../src/main/investigation/call-techniques';
import { technique } from '../../../src/main/detections/techniques';

describe('what a call is by itself', () => {
  test.each([
    ['s3', 'ListBuckets', ['T1580', 'T1619']],
    ['lambda', 'ListFunctions20150331', ['T1526']],
    ['iam', 'ListAttachedUserPolicies', ['T1069.003']],
    ['iam', 'ListAttachedUserPoliciesX', []],
    ['ec2', 'ListBuckets', []],
  ])('%s %s', (service, name, ids) => {
    expect(techniquesOfCall(service, name)).toEqual(ids);
  });

  test('names techniques that the product knows', () => {
    const ids = (known.calls as [string, string, string[]][]).flatMap(([, , techniques]) => techniques);
    expect(ids.filter((id) => technique(id) === null)).toEqual([]);
  });
});
