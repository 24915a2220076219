/** A rule on one API, as a file of a pack. */
export const ruleOn = (id: string, api: string, more = '') => `title: Rule ${id}
id: ${id}
author: Jo Analyst
license: CC-BY-4.0
references: [https://example.org/why]
logsource: {product: aws, service: cloudtrail}
detection: {sel: {eventName: ${api}}, condition: sel}
level: low
${more}`;

/** A filter that takes the calls of one user out of rules. */
export const filterOf = (rules: string, user: string, service = 'cloudtrail') => `title: Not ${user}
id: not-${user}-${service}
logsource: {product: aws, service: ${service}}
filter:
  rules: ${rules}
  selection: {userIdentity.userName: ${user}}
  condition: not selection
`;
