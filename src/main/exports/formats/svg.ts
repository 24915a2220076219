import type { ExportFormat } from '../format';
import { graphFigure } from '../../report/render/graph-figure';

export const svg: ExportFormat = {
  name: 'svg',
  extension: '.svg',
  summary: 'the graph of the incidents as a vector picture',
  write: function* ({ source }) {
    yield `${graphFigure(source.graph).replace('<svg ', '<svg font-family="Inter, Noto Sans, sans-serif" ')}\n`;
  },
};
