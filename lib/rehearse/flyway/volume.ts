import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lays files out as the kubelet mounts a ConfigMap: the content in a folder named by time, `..data` linked to it, and
 * each file a link through `..data`. Returns the folder.
 */
export function configMapVolume(folder: string, files: Readonly<Record<string, string>>): string {
  const content = '..2026_01_01_00_00_00.000000001';
  mkdirSync(join(folder, content), { recursive: true });
  symlinkSync(content, join(folder, '..data'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, content, name), text);
    symlinkSync(join('..data', name), join(folder, name));
  }
  return folder;
}
