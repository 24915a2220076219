import { bruteForceSql } from '../network/brute-force';
import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-004',
  title: 'Password guessing against RDP or WinRM',
  description:
    'One address made many alike short connections to remote management of one host: passwords are being guessed.',
  tactic: 'credential-access',
  techniques: ['T1110'],
  severity: 'medium',
  severityReason:
    'Guessing from the internet is everyday noise and low; from inside it is not, and a longer connection afterwards is worse.',
  falsePositives: 'Remote-management consoles',
  remediation: ['R-PRES', 'R-SG-REVOKE', 'R-IP-BLOCK', 'R-EC2-SNAP', 'R-EC2-ISO'],
  source: 'vpc-flow',
  sql: bruteForceSql({ ports: [3389, 5985, 5986], packets: [8, 80] }),
});
