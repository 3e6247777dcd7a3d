/** The parts of ECharts that are used: what is not named here is not in the page. Loaded when the first chart is drawn. */
import { BarChart, HeatmapChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendScrollComponent, TitleComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

register([LineChart, BarChart, ScatterChart, PieChart, HeatmapChart, GridComponent, TooltipComponent, LegendScrollComponent, VisualMapComponent, TitleComponent, CanvasRenderer, SVGRenderer]);

export { init };
export type { ECharts, EChartsCoreOption } from 'echarts/core';
