/** ATT&CK v19 Enterprise tactics in kill-chain order, with id and name (stealth and defense-impairment replace defense-evasion). */
export const TACTICS = [
  { id: 'TA0043', slug: 'reconnaissance', name: 'Reconnaissance' },
  { id: 'TA0042', slug: 'resource-development', name: 'Resource Development' },
  { id: 'TA0001', slug: 'initial-access', name: 'Initial Access' },
  { id: 'TA0002', slug: 'execution', name: 'Execution' },
  { id: 'TA0003', slug: 'persistence', name: 'Persistence' },
  { id: 'TA0004', slug: 'privilege-escalation', name: 'Privilege Escalation' },
  { id: 'TA0005', slug: 'stealth', name: 'Stealth' },
  { id: 'TA0112', slug: 'defense-impairment', name: 'Defense Impairment' },
  { id: 'TA0006', slug: 'credential-access', name: 'Credential Access' },
  { id: 'TA0007', slug: 'discovery', name: 'Discovery' },
  { id: 'TA0008', slug: 'lateral-movement', name: 'Lateral Movement' },
  { id: 'TA0009', slug: 'collection', name: 'Collection' },
  { id: 'TA0011', slug: 'command-and-control', name: 'Command and Control' },
  { id: 'TA0010', slug: 'exfiltration', name: 'Exfiltration' },
  { id: 'TA0040', slug: 'impact', name: 'Impact' },
] as const;

/** Position of a tactic in the kill chain; unknown tactics sort last. */
export function tacticRank(tactic: string): number {
  const index = TACTICS.findIndex((t) => t.slug === tactic);
  return index < 0 ? TACTICS.length : index;
}
