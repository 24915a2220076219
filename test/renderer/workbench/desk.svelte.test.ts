import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { Desk } from '../../../src/renderer/workbench/desk.svelte';

const place = (view: string) => ({ view, params: {}, scope: null });
const views = (desk: Desk) =>
  desk.sides.map(({ tabs }) => tabs.map(({ navigation }) => navigation.place.view).join(' '));

function withDesk(test: (desk: Desk) => void): void {
  const end = $effect.root(() => {
    const desk = new Desk();
    flushSync();
    test(desk);
  });
  end();
}

describe('The tabs of the window', () => {
  it('open in front of the others, each with a history of its own', () => {
    withDesk((desk) => {
      desk.navigation.go('map');
      desk.open(place('timeline'));
      desk.navigation.go('search');
      desk.navigation.back();
      expect(desk.navigation.place.view).toBe('timeline');
      desk.step(1);
      expect(desk.navigation.place.view).toBe('map');
      desk.navigation.back();
      expect(desk.navigation.place.view).toBe('summary');
      desk.step(-1);
      expect(desk.navigation.place.view).toBe('timeline');
    });
  });

  it('open beside each other; the side that is worked in is the one that moves', () => {
    withDesk((desk) => {
      desk.open(place('map'), true);
      expect(views(desk)).toEqual(['summary', 'map']);
      desk.navigation.go('timeline');
      desk.focus(0);
      desk.navigation.go('incidents');
      expect(views(desk)).toEqual(['incidents', 'timeline']);
      desk.open(place('rules'), true);
      expect(views(desk)).toEqual(['incidents', 'timeline rules']);
      desk.toggleSplit();
      expect(views(desk)).toEqual(['incidents timeline rules']);
      expect(desk.navigation.place.view).toBe('rules');
    });
  });

  it('close until one is left, and take an empty side along', () => {
    withDesk((desk) => {
      desk.open(place('map'), true);
      desk.close();
      expect(views(desk)).toEqual(['summary']);
      desk.close();
      expect(views(desk)).toEqual(['summary']);
      for (const view of ['map', 'rules']) desk.open(place(view));
      desk.step(-1);
      desk.close(desk.sides[0]?.tabs[0]);
      expect(desk.navigation.place.view).toBe('map');
    });
  });

  it('move to the other side with their history', () => {
    withDesk((desk) => {
      desk.open(place('map'));
      desk.navigation.go('timeline');
      desk.move(desk.tab);
      expect(views(desk)).toEqual(['summary', 'timeline']);
      desk.navigation.back();
      expect(views(desk)).toEqual(['summary', 'map']);
      desk.move(desk.tab);
      expect(views(desk)).toEqual(['summary map']);
    });
  });

  it('are taken up as they were kept, whatever was kept', () => {
    withDesk((desk) => {
      desk.open(place('map'), true);
      desk.open(place('rules'));
      const { kept } = desk;
      desk.reset('evidence');
      expect(views(desk)).toEqual(['evidence']);
      desk.restore(kept);
      expect(views(desk)).toEqual(['summary', 'map rules']);
      expect(desk.navigation.place.view).toBe('rules');
      desk.restore({ sides: [{ tabs: [], front: 7 }], focused: 3 });
      expect(views(desk)).toEqual(['summary', 'map rules']);
    });
  });
});
