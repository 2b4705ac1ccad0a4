// Checks each document of a Kubernetes file against the schema of its kind, and writes them as TypeScript, whose compiler
// refuses the names that the schemas let pass.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const [source, target] = process.argv.slice(2);
const lines = [];
require('js-yaml').loadAll(readFileSync(source, 'utf8'), (document) => {
  const { apiVersion, kind } = document;
  const Model = require(`kubernetes-models/${apiVersion}`)[kind];
  new Model(document).validate();
  const name = `document${lines.length}`;
  lines.push(
    `import type { I${kind} } from 'kubernetes-models/${apiVersion}';`
      + ` export const ${name}: I${kind} = ${JSON.stringify(document, null, 2)};`,
  );
  console.log(`${apiVersion} ${kind}`);
});
if (lines.length === 0) {
  throw new Error('there is nothing in it');
}
writeFileSync(target, `${lines.join('\n')}\n`);
