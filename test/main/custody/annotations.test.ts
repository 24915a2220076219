import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordSubject, type Subject } from '../../../src/shared/model/annotation';
import { ACTION_LOG, CaseFolder } from '../../../src/main/case/case-folder';
import { brokenAt, readLog } from '../../../src/main/custody/action-log';
import { annotate, removeAnnotation } from '../../../src/main/custody/annotate';
import { exportNotes, mergeNotes } from '../../../src/main/custody/hand-over';
import { runUserSql } from '../../../src/main/evidence/user-sql';
import { openSampleCase, type SampleCase } from '../queries/sample-case';

let sample: SampleCase;
let other: CaseFolder;
let incident: Subject;
beforeAll(async () => {
  sample = await openSampleCase();
  other = await CaseFolder.create(join(sample.folder, 'other'), 'Other');
  const [first] = await sample.call('incidents/list', null);
  incident = { kind: 'incident', type: '', id: first?.id ?? '' };
});
afterAll(() => sample.close());

const list = async () => (await sample.call('notes/list', null)).rows;
const put = (
  folder: CaseFolder,
  text: string,
  subject: Subject = incident,
  { id = null, kind = 'note' }: { id?: string | null; kind?: 'note' | 'verdict' | 'tag' } = {},
) => annotate(folder, { id, kind, subject, title: '', text });
const merge = (folder: CaseFolder, path: string) =>
  sample.database.ask(({ connection }) => mergeNotes(connection, folder, path));

describe('annotations', () => {
  it('are the last state of what the log holds, and leave it whole', async () => {
    expect(await list()).toEqual([]);
    const id = await put(sample.caseFolder, 'first words');
    await sample.database.refresh();
    await put(sample.caseFolder, 'second *words*\n\nof two paragraphs', incident, { id });
    const gone = await put(sample.caseFolder, 'gone', incident, { kind: 'tag' });
    await sample.database.ask(({ connection }) => removeAnnotation(connection, sample.caseFolder, gone));
    const [note, ...rest] = await list();
    expect(rest).toEqual([]);
    expect(note).toMatchObject({
      id,
      text: 'second *words*\n\nof two paragraphs',
      revisions: 2,
      subject: incident,
    });
    expect(note?.label).not.toBeNull();
    const { logLines, brokenAt: broken } = await sample.call('notes/list', null);
    expect([logLines, broken]).toEqual([4, null]);
    expect(await readLog(sample.caseFolder)).toContain('first words');
  });

  it('find the record they are about in this case', async () => {
    const { columns } = await runUserSql(
      sample.caseFolder,
      "SELECT file_id, sha256 FROM files WHERE source = 'cloudtrail' LIMIT 1",
    );
    const [fileId, sha256] = [Number(columns[0]?.[0]), columns[1]?.[0] as string];
    const id = await put(sample.caseFolder, 'look here', recordSubject('cloudtrail', sha256, 3));
    const found = (await list()).find((row) => row.id === id);
    expect(found?.record).toEqual({ fileId, recordNo: 3 });
    expect(found?.label).toMatch(/^Record 3 of /);
  });

  it('are a table of the SQL console', async () => {
    const { columns } = await runUserSql(
      sample.caseFolder,
      "SELECT count(*) FROM annotations WHERE kind = 'note'",
    );
    expect(columns[0]?.[0]).toBe(2);
  });

  it('refuse to remove what is not there', async () => {
    await expect(
      sample.database.ask(({ connection }) => removeAnnotation(connection, sample.caseFolder, 'x')),
    ).rejects.toMatchObject({ code: 'note.unknown' });
  });
});

describe('hand-over', () => {
  const file = (name: string) => join(sample.folder, name);

  it('brings all of one case to another, once', async () => {
    await exportNotes(sample.caseFolder, file('a.json'));
    expect(await merge(other, file('a.json'))).toMatchObject({ added: 3, updated: 0, conflicts: [] });
    expect(await merge(other, file('a.json'))).toMatchObject({ added: 0, updated: 0, known: 3 });
    expect(brokenAt(await readLog(other))).toBeNull();
    const { columns } = await runUserSql(other, 'SELECT count(*), count(DISTINCT author) FROM annotations');
    expect(columns.map((c) => c[0])).toEqual([2, 1]);
  });

  it('follows a state that went on, and keeps both where both went on', async () => {
    const [note] = (await list()).filter((row) => row.subject.kind === 'incident');
    const id = note?.id ?? '';
    await put(other, 'third words', incident, { id });
    await exportNotes(other, file('b.json'));
    expect(await merge(sample.caseFolder, file('b.json'))).toMatchObject({
      added: 0,
      updated: 1,
      conflicts: [],
    });
    expect((await list()).find((row) => row.id === id)?.text).toBe('third words');

    await put(other, 'theirs', incident, { id });
    await put(sample.caseFolder, 'ours', incident, { id });
    await exportNotes(other, file('c.json'));
    for (const added of [1, 0]) {
      const result = await merge(sample.caseFolder, file('c.json'));
      expect(result.added).toBe(added);
      expect(result.conflicts).toMatchObject([
        { what: 'text', ours: { text: 'ours' }, theirs: { text: 'theirs' } },
      ]);
    }
    const both = (await list()).filter((row) => row.id === id || row.rivalOf === id);
    expect(both.map((row) => row.text).sort()).toEqual(['ours', 'theirs']);
  });

  it('lists verdicts that differ', async () => {
    await put(sample.caseFolder, 'true-positive', incident, { kind: 'verdict' });
    await put(other, 'benign', incident, { kind: 'verdict' });
    await put(other, 'benign', { kind: 'finding', type: '', id: 'not-here' }, { kind: 'verdict' });
    await exportNotes(other, file('d.json'));
    const result = await merge(sample.caseFolder, file('d.json'));
    expect(result.unknownSubjects).toBe(1);
    expect(result.conflicts.filter((c) => c.what === 'verdict')).toMatchObject([
      { subject: incident, ours: { text: 'true-positive' }, theirs: { text: 'benign' } },
    ]);
  });

  it('refuses what was changed on the way, and what is no notes file', async () => {
    const text = await readFile(file('d.json'), 'utf8');
    await writeFile(file('e.json'), text.replace('"benign"', '"unsure"'));
    await expect(merge(sample.caseFolder, file('e.json'))).rejects.toMatchObject({
      code: 'notes.unreadable',
    });
    await writeFile(file('f.json'), '{"schema": "coldtrail-notes/1"');
    await expect(merge(sample.caseFolder, file('f.json'))).rejects.toMatchObject({
      code: 'notes.unreadable',
    });
    await expect(merge(sample.caseFolder, file('no.json'))).rejects.toMatchObject({
      code: 'path.unreadable',
    });
  });

  it('still shows the annotations of a log with a torn line, and says where it is torn', async () => {
    const log = join(sample.caseFolder.path, ACTION_LOG);
    const text = await readFile(log, 'utf8');
    const count = (await list()).length;
    await writeFile(log, `${text}{"n":99,"at":"20`);
    const torn = await sample.call('notes/list', null);
    expect(torn.rows.length).toBe(count);
    expect(torn.brokenAt).toBe(text.trim().split('\n').length + 1);
  });
});
