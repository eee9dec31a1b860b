export { barChart } from './bar-chart.ts';
export type { Category, ChartData, ChartRow, ChartTable, Series } from './chart.ts';
export { columnChart, type ColumnChart } from './column-chart.ts';
export { dataTable } from './figure.ts';
export { lineChart } from './line-chart.ts';
export { monthLabels, monthsBetween } from './months.ts';
