import { bruteForceSql } from '../network/brute-force';
import { isPrivateSql } from '../../db/private-address';
import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-005',
  title: 'Password guessing against a database from outside',
  description:
    'One public address made many alike short connections to a database port of one host: passwords are being guessed.',
  tactic: 'credential-access',
  techniques: ['T1110'],
  severity: 'medium',
  severityReason:
    'Guessing from the internet is everyday noise and low; a longer connection afterwards is worse. A database should not be reachable from there at all.',
  falsePositives: 'Clients of a managed database that connect anew for every query',
  remediation: ['R-SG-REVOKE', 'R-RDS-PRIV', 'R-IP-BLOCK'],
  source: 'vpc-flow',
  sql: `SELECT * FROM (${bruteForceSql({ ports: [1433, 1521, 3306, 5432, 6379, 9200, 11211, 27017], packets: [3, 60] })}) WHERE NOT ${isPrivateSql('address')}`,
});
