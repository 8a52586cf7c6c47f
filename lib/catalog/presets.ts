import type { PRESETS } from './schema/steps';

type PresetName = (typeof PRESETS)[number];

/** A step as people write it. */
type StepInput =
  | { readonly setWeight: number }
  | { readonly pause: { readonly durationSeconds: number } | { readonly auto: true } }
  | { readonly analysis: string[] };

/** The weights of each preset, and how long each is watched before its gates are asked, in seconds. */
const PRESET_FACTS: {
  readonly [Name in PresetName]: { readonly weights: readonly number[]; readonly pauseSeconds: number | 'auto' };
} = {
  cautious: { weights: [5, 10, 25, 50, 75, 100], pauseSeconds: 300 },
  standard: { weights: [10, 25, 50, 100], pauseSeconds: 60 },
  fast: { weights: [25, 50, 100], pauseSeconds: 30 },
  auto: { weights: [10, 25, 50, 100], pauseSeconds: 'auto' },
};

/** The steps that a preset stands for, as they would be written; with no gates there are pauses only. */
export function presetSteps(preset: PresetName, gates: readonly string[]): readonly StepInput[] {
  const { weights, pauseSeconds } = PRESET_FACTS[preset];
  return weights.flatMap((setWeight): readonly StepInput[] => [
    { setWeight },
    { pause: pauseSeconds === 'auto' ? { auto: true } : { durationSeconds: pauseSeconds } },
    ...(gates.length > 0 ? [{ analysis: [...gates] }] : []),
  ]);
}
