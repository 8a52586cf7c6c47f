import * as fs from 'node:fs';
import * as path from 'node:path';

/** A package of the lock file, as far as this list needs it. */
interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
  readonly os?: readonly string[];
}

export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/**
 * The packages that `npm ci --omit=dev` installs, from the lock file, so that the list is the same on every machine. Packages
 * that carry one binary for one system each stand in one line.
 */
export function runtimeLicences(root: string): readonly Licence[] {
  const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
    fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  );
  const rows = new Map<string, Licence>();
  for (const [place, { version, license = 'none', dev, devOptional, link, os }] of Object.entries(lock.packages)) {
    const [, installed] = /.*node_modules\/(.+)$/.exec(place) ?? [];
    if (installed === undefined || version === undefined || dev || devOptional || link) continue;
    const name = os === undefined ? installed : installed.replace(/[^/]+$/, '<system>');
    rows.set(`${name} ${version}`, { name, version, licence: license });
  }
  return [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `docs/licences.md`. */
export function licenceList(root: string): string {
  const rows = runtimeLicences(root).map(({ name, version, licence }) => `| \`${name}\` | ${version} | ${licence} |\n`);
  return `<!-- Generated from package-lock.json by \`npm run generate\`. Do not edit. -->
# Licences

Cutover is licensed under Apache-2.0 (LICENSE). These packages are installed with it by \`npm ci --omit=dev\`; nothing of them is
part of what it renders.

| package | version | licence |
|---|---|---|
${rows.join('')}`;
}
