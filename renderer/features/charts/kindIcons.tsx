import { IconChartArea, IconChartBar, IconChartBarPopular, IconChartDots2, IconChartHistogram, IconChartLine, IconChartPie, IconGridDots, IconNumber123, type Icon } from '@tabler/icons-react';
import type { ChartKind } from '../../../shared/contract/charts.ts';

export const kindIcons: Record<ChartKind, Icon> = {
  line: IconChartLine,
  area: IconChartArea,
  bar: IconChartBar,
  stackedBar: IconChartBarPopular,
  scatter: IconChartDots2,
  pie: IconChartPie,
  histogram: IconChartHistogram,
  heatMap: IconGridDots,
  number: IconNumber123,
};

export const chartKinds = Object.keys(kindIcons) as ChartKind[];
