// Writes a Grafana dashboard as TypeScript, whose compiler compares it with Grafana's own schema, and what its panels ask
// as recording rules, which promtool reads.
import { readFileSync, writeFileSync } from 'node:fs';

const [source, types, rules] = process.argv.slice(2);
const dashboard = JSON.parse(readFileSync(source, 'utf8'));
const panels = dashboard.panels.flatMap((panel) => [panel, ...(panel.panels || [])]).filter((panel) => panel.type !== 'row');

const schema = '@grafana/schema/dist/esm/raw';
const kinds = [...new Set(panels.map((panel) => panel.type))];
const file = (kind) => `${kind}/panelcfg/x/${kind[0].toUpperCase()}${kind.slice(1)}PanelCfg_types.gen.js`.replace('Timeseries', 'TimeSeries');
const code = [
  `import type { Dashboard } from './node_modules/${schema}/dashboard/x/dashboard_types.gen.js';`,
  ...kinds.map((kind) => `import type { Options as ${kind}Options } from './node_modules/${schema}/composable/${file(kind)}';`),
  '// As it stands in a file: an enumeration by its values.',
  'type Written<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Written<T[K]> } : T;',
  `export const dashboard: Written<Dashboard> = ${JSON.stringify(dashboard, null, 2)};`,
  ...panels.map((panel) => `export const panel${panel.id}: Partial<Written<${panel.type}Options>> = ${JSON.stringify(panel.options, null, 2)};`),
];
writeFileSync(types, `${code.join('\n')}\n`);

const ids = panels.map((panel) => panel.id);
if (new Set(ids).size !== ids.length) throw new Error('two panels have the same id');
const asked = panels.flatMap((panel) => panel.targets.map((target) => ({ name: `panel:${panel.id}:${target.refId}`, ...target })));
if (asked.length === 0 || asked.some((target) => !target.expr)) throw new Error('a panel asks nothing');
const query = (expr) => expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', '.+').replaceAll('$instance', '.+');
const left = asked.filter((target) => query(target.expr).includes('$'));
if (left.length > 0) throw new Error(`variables that nobody fills in: ${left.map((target) => target.expr)}`);
const text = JSON.stringify({ groups: [{ name: 'dashboard', rules: asked.map(({ name, expr }) => ({ record: name, expr: query(expr) })) }] });
writeFileSync(rules, `${text}\n`);
console.log(`${panels.length} panels, ${asked.length} queries`);
