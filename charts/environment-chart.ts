import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Service } from '../lib/catalog/service';
import {
  appProject,
  type EnvironmentScope,
  namespace,
  platformApplication,
  releaseReader,
  rootApplication,
  serviceApplication,
} from './environment-objects';
import { Manifest } from './manifest';

export interface EnvironmentChartProps {
  readonly scope: EnvironmentScope;
  readonly services: readonly Service[];
}

/** The Argo CD side of one environment as a cdk8s chart, with the namespace; `npm run synth` writes the same objects. */
export class EnvironmentChart extends Chart {
  constructor(parent: Construct, id: string, { scope, services }: EnvironmentChartProps) {
    super(parent, id);
    const objects = [
      appProject(scope),
      rootApplication(scope),
      platformApplication(scope),
      namespace(scope),
      releaseReader(scope),
      ...services.map((service) => serviceApplication(scope, service)),
    ];
    for (const object of objects) new Manifest(this, `${object.kind}-${object.metadata.name}`, object);
  }
}
