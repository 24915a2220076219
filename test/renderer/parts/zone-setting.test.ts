import { fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import StatusBar from '../../../src/renderer/app/StatusBar.svelte';
import { writeTimesIn } from '../../../src/renderer/format/zone.svelte';
import SettingsView from '../../../src/renderer/views/settings/SettingsView.svelte';
import { stage } from '../support/bench';

beforeEach(() => localStorage.clear());
afterEach(() => writeTimesIn('UTC'));

const overview = { sources: [], files: { imported: 0, issue: 0 }, issues: 0 };

describe('the zone of times', () => {
  it('is chosen in the settings, kept, and named by the status bar', async () => {
    stage(SettingsView, { params: {} }, { 'case/current': () => null });
    const choice = screen.getByRole('combobox', { name: /Zone that times are shown/ });
    expect((choice as HTMLSelectElement).value).toBe('UTC');
    await fireEvent.change(choice, { target: { value: 'Asia/Tokyo' } });
    const { workbench } = stage(StatusBar, {}, { 'evidence/overview': () => overview });
    expect(workbench.settings.zone).toBe('Asia/Tokyo');
    const bar = within(screen.getByRole('contentinfo'));
    await fireEvent.click(bar.getByRole('button', { name: /^Times in Asia\/Tokyo/ }));
    expect(workbench.navigation.place.view).toBe('settings');
  });

  it('stays UTC when what was kept is no zone', () => {
    localStorage.setItem('coldtrail.zone', 'Mars/Olympus');
    const { workbench } = stage(StatusBar, {}, { 'evidence/overview': () => overview });
    expect(workbench.settings.zone).toBe('UTC');
    workbench.settings.setZone('Mars/Olympus');
    expect(workbench.settings.zone).toBe('UTC');
  });
});
