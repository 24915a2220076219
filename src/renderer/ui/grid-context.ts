import { Context } from 'runed';

const insideGrid = new Context<true>('grid');

/** Marks what is drawn inside as cells of a grid: the grid is one tab stop, its links are reached by arrow keys. */
export function enterGrid(): void {
  insideGrid.set(true);
}

/** The tabindex of a link: out of the tab order inside a grid. */
export function linkTabIndex(): -1 | undefined {
  return insideGrid.getOr(null) === true ? -1 : undefined;
}
