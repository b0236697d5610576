// SPDX-License-Identifier: Apache-2.0
// Opens DMN models in dmn-js in a headless browser, adds a text annotation to each, saves it, and takes a screenshot.
//
//   node open_models.mjs OUT MODEL.dmn...
//
// Writes OUT/<folder>-<name>.dmn and OUT/<folder>-<name>.png, and for each model one line of JSON with what dmn-js said.
// Ends with 1 when a model opens with a warning, has no diagram, or an element of it is not drawn.
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const dist = path.join(path.dirname(require.resolve('dmn-js/package.json')), 'dist');
const styles = ['dmn-js-shared.css', 'diagram-js.css', 'dmn-js-drd.css', 'dmn-js-decision-table.css',
  'dmn-js-decision-table-controls.css', 'dmn-js-literal-expression.css', 'dmn-js-boxed-expression.css', 'dmn-js-boxed-expression-controls.css'];
// What dmn-js's own bundle says of itself on every page.
const ofBundle = /minified copy of the development build of Inferno/;
const annotation = 'Opened and saved in an editor';

/** Runs in the page: opens, edits and saves one model. */
async function edit(given) {
  const modeler = new globalThis.DmnJS({ container: '#canvas' });
  globalThis.modeler = modeler;
  const { warnings } = await modeler.importXML(given.xml);
  const views = modeler.getViews();
  const drd = views.find((view) => view.type === 'drd');
  await modeler.open(drd);
  const viewer = modeler.getActiveViewer();
  const registry = viewer.get('elementRegistry');
  const drawn = new Set(registry.getAll().map((element) => element.businessObject && element.businessObject.id));
  const kinds = ['dmn:Decision', 'dmn:InputData', 'dmn:BusinessKnowledgeModel'];
  const missing = drd.element.drgElement.filter((each) => kinds.includes(each.$type) && !drawn.has(each.id)).map((each) => each.id);
  // Every table and expression opens too: each view is shown once.
  const opened = [];
  for (const view of views) {
    if (view.type === 'drd') continue;
    const told = await modeler.open(view);
    warnings.push(...((told && told.warnings) || []));
    opened.push(view.type);
  }
  await modeler.open(drd);
  // As an editor's user would: a text annotation beside the first decision.
  const active = modeler.getActiveViewer();
  const canvas = active.get('canvas');
  const factory = active.get('elementFactory');
  const first = active.get('elementRegistry').filter((each) => each.type === 'dmn:Decision')[0];
  const shape = factory.createShape({ type: 'dmn:TextAnnotation' });
  active.get('modeling').createShape(shape, { x: first.x + 90, y: first.y - 60 }, canvas.getRootElement());
  active.get('modeling').updateProperties(shape, { text: given.annotation });
  const { xml } = await modeler.saveXML({ format: true });
  canvas.zoom('fit-viewport', 'auto');
  return { xml, missing, opened, warnings: warnings.map((each) => each.message || String(each)) };
}

async function openPage(context) {
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (fault) => faults.push(String(fault)));
  page.on('console', (line) => {
    if (['warning', 'error'].includes(line.type()) && !ofBundle.test(line.text())) faults.push(line.text());
  });
  await page.setContent('<!DOCTYPE html><html lang="en"><body style="margin:0"><div id="canvas" style="height:100vh"></div></body></html>');
  for (const name of styles) await page.addStyleTag({ path: path.join(dist, 'assets', name) });
  await page.addScriptTag({ path: path.join(dist, 'dmn-modeler.production.min.js') });
  return { page, faults };
}

async function main([out, ...models]) {
  await mkdir(out, { recursive: true });
  const profile = await mkdtemp(path.join(tmpdir(), 'polku-editors.'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.POLKU_CHROMIUM || '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1800, height: 1100 },
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-sync'],
  });
  let bad = 0;
  try {
    for (const model of models) {
      const name = `${path.basename(path.dirname(model))}-${path.basename(model, '.dmn')}`;
      const { page, faults } = await openPage(context);
      const told = await page.evaluate(edit, { xml: await readFile(model, 'utf8'), annotation })
        .catch((fault) => ({ xml: '', missing: [], opened: [], warnings: [String(fault)] }));
      await page.screenshot({ path: path.join(out, `${name}.png`) });
      await writeFile(path.join(out, `${name}.dmn`), told.xml);
      await page.close();
      const warnings = [...told.warnings, ...faults];
      const fine = warnings.length === 0 && told.missing.length === 0 && told.xml.includes(annotation);
      bad += fine ? 0 : 1;
      console.log(JSON.stringify({ model: name, fine, views: told.opened.length, missing: told.missing, warnings }));
    }
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
  return bad === 0 && models.length > 0 ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
