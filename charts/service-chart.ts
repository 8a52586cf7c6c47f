import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Manifest } from './manifest';
import type { ServiceScope } from './names';
import { serviceObjects } from './service-objects';

export interface ServiceChartProps {
  readonly scope: ServiceScope;
}

/** One service in one environment as a cdk8s chart, for whoever composes or patches it; `npm run synth` writes the same objects. */
export class ServiceChart extends Chart {
  constructor(parent: Construct, id: string, { scope }: ServiceChartProps) {
    super(parent, id);
    for (const object of serviceObjects(scope)) new Manifest(this, `${object.kind}-${object.metadata.name}`, object);
  }
}
