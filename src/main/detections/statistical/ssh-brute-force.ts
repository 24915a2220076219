import { bruteForceSql } from '../network/brute-force';
import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-003',
  title: 'Password guessing against SSH',
  description: 'One address made many alike short SSH connections to one host: passwords are being guessed.',
  tactic: 'credential-access',
  techniques: ['T1110'],
  severity: 'medium',
  severityReason:
    'Guessing from the internet is everyday noise and low; from inside it is not, and a longer connection afterwards is worse.',
  falsePositives: 'Configuration management that opens many short SSH sessions',
  remediation: ['R-PRES', 'R-SG-REVOKE', 'R-IP-BLOCK', 'R-EC2-SNAP', 'R-EC2-ISO'],
  source: 'vpc-flow',
  sql: bruteForceSql({ ports: [22], packets: [8, 60] }),
});
