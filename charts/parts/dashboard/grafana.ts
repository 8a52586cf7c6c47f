import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { FieldConfig as Drawing, Options } from '@grafana/grafana-foundation-sdk/timeseries';

/**
 * Grafana's own types of a dashboard as files and sidecars provision it, read-only and with the words of its enums: a field that
 * Grafana does not have does not compile. They are types only, and nothing of the package is loaded.
 */
export type Dashboard = Omit<Plain<dashboard.Dashboard>, 'panels'> & { readonly panels: readonly Panel[] };
export type Variable = Plain<dashboard.VariableModel>;
export type Target = Omit<Plain<Dataquery>, '_implementsDataqueryVariant'>;
export type Field = Omit<Plain<dashboard.FieldConfig>, 'custom'> & { readonly custom?: Plain<Partial<Drawing>> };
export type Panel = Omit<Plain<dashboard.Panel>, 'targets' | 'fieldConfig' | 'options'> & {
  readonly targets: readonly Target[];
  readonly fieldConfig: { readonly defaults: Field; readonly overrides: readonly [] };
  readonly options: Plain<Partial<Options>>;
};

type Plain<T> = T extends string
  ? `${T}`
  : T extends number
    ? `${T}` extends `${infer N extends number}`
      ? N
      : number
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : T extends (...args: never) => unknown
        ? T
        : T extends object
          ? { readonly [K in keyof T]: Plain<T[K]> }
          : T;
