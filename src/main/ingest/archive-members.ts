import type { Archive } from '../evidence/originals/archive';
import type { Member } from '../evidence/originals/member';
import { MEMBER_MARK } from '../evidence/originals/stored';
import { inTimeOrder, type FoundFile } from './discover';

/** Whether the members are known before they are read: those of a zip are. */
export function isListed(members: Archive['members']): members is readonly Member[] {
  return Array.isArray(members);
}

/** Members as they come. */
export async function* streamed(found: FoundFile, members: AsyncIterable<Member>): AsyncGenerator<FoundFile> {
  for await (const member of members) yield asFound(found, member);
}

/** Members that can be read in any order. */
export function listed(found: FoundFile, members: readonly Member[]): FoundFile[] {
  return inTimeOrder(members.map((member) => asFound(found, member)));
}

function asFound(archive: FoundFile, member: Member): FoundFile {
  const problem =
    member.refused === null
      ? null
      : ({ code: 'archive.refused', detail: member.refused, state: 'issue' } as const);
  return {
    path: `${archive.path}${MEMBER_MARK}${member.name}`,
    name: `${archive.name}${MEMBER_MARK}${member.name}`,
    bytes: member.bytes,
    modifiedMs: member.modifiedMs,
    depth: archive.depth + 1,
    problem,
    read: () => member.read(),
    chunks: () => member.chunks(),
  };
}
