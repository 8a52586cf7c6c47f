import fc from 'fast-check';
import { renderService } from '../../charts/render';
import { serviceObjects } from '../../charts/service-objects';
import { PAIRS } from '../../lib/catalog/capabilities';
import { ROUTERS, STRATEGIES } from '../../lib/catalog/kinds';
import { catalogFromText } from '../../lib/catalog/read';
import { checkObjects } from '../../lib/manifest/check';
import { ROOT } from '../tools/catalog';
import { catalogs } from './catalogs';
import { MUTATIONS } from './mutations';

const pairs = STRATEGIES.flatMap((strategy) => ROUTERS.filter((router) => 'can' in PAIRS[strategy][router])).length;

/** Every run is the same; another seed: CUTOVER_SEED=42 npx jest test/sweep. */
const seed = Number(process.env.CUTOVER_SEED ?? 20_261_123);
const numRuns = Number(process.env.CUTOVER_RUNS ?? 2_000);

test(`${numRuns} valid catalogs render, and what they render is clean (seed ${seed})`, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(catalogs(), (catalog) => {
      const { releases, diagnostics } = catalogFromText('services.json', JSON.stringify(catalog), ROOT);
      expect(diagnostics).toEqual([]);
      for (const { platform, environment, services } of releases) {
        for (const service of services) {
          const files = renderService(platform, environment, service);
          expect(files.flatMap(({ findings }) => findings)).toEqual([]);
          const pair = `${service.strategy.kind} on ${service.routing.router}`;
          seen.set(pair, (seen.get(pair) ?? 0) + 1);
        }
      }
    }),
    { seed, numRuns },
  );
  expect(seen.size).toBe(pairs);
  expect(Math.min(...seen.values())).toBeGreaterThan(numRuns / 40);
}, 300_000);

test(`a single mutation that breaks a rule is found (seed ${seed})`, () => {
  const found = new Map<string, number>();
  fc.assert(
    fc.property(catalogs(), fc.nat(), (catalog, choice) => {
      const [release] = catalogFromText('services.json', JSON.stringify(catalog), ROOT).releases;
      const service = release?.services[0];
      if (release === undefined || service === undefined) throw new Error('no release');
      const objects = JSON.parse(JSON.stringify(serviceObjects({ ...release, service })));
      const able = MUTATIONS.flatMap((mutation) => {
        const broken = mutation.breaks(objects);
        return broken === undefined ? [] : [{ ...mutation, broken }];
      });
      const mutation = able[choice % able.length];
      if (mutation === undefined) throw new Error('nothing to break');
      const codes = checkObjects('one.yaml', mutation.broken).map(({ code }) => code);
      expect([mutation.name, codes]).toEqual([mutation.name, expect.arrayContaining([mutation.code])]);
      found.set(mutation.name, (found.get(mutation.name) ?? 0) + 1);
    }),
    { seed, numRuns },
  );
  // Every kind of mutation had its turn, in a sweep of the usual length.
  if (numRuns < 1_000) return;
  expect(MUTATIONS.map(({ name }) => name).filter((name) => !found.has(name))).toEqual([]);
}, 300_000);
