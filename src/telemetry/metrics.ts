// Metrics in Prometheus' text format. Values are read when somebody asks, never counted twice.
import { Registry, collectDefaultMetrics } from 'prom-client';

/** One measured value with its labels. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One metric: what it means, and where its values come from when it is scraped. */
export interface MetricDefinition {
  /** Begins with `leat_`; counters end in `_total`. */
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly collect: () => readonly Sample[] | Promise<readonly Sample[]>;
}

/** The exposition of `definitions` and of the process itself (memory, CPU, event loop). */
export interface Metrics {
  readonly contentType: string;
  /** A metric that cannot be read at the moment is left out, and `leat_scrape_errors` says how many were. */
  expose(): Promise<string>;
}

export function createMetrics(definitions: readonly MetricDefinition[]): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    contentType: registry.contentType,
    expose: async () => {
      const read = await Promise.allSettled(definitions.map(async ({ collect }) => collect()));
      const blocks = definitions.flatMap((definition, index) => {
        const result = read[index];
        return result?.status === 'fulfilled' ? [toText(definition, result.value)] : [];
      });
      const errors = read.filter(({ status }) => status === 'rejected').length;
      const scrape = {
        name: 'leat_scrape_errors',
        help: 'Metrics that could not be read in this scrape.',
        type: 'gauge',
      } as const;
      return `${await registry.metrics()}${[...blocks, toText(scrape, [{ value: errors }])].join('')}`;
    },
  };
}

/** The text exposition format (prometheus.io, "Text-based format"). */
function toText(
  { name, help, type }: Pick<MetricDefinition, 'name' | 'help' | 'type'>,
  samples: readonly Sample[],
): string {
  const lines = samples.map(({ labels, value }) => {
    const pairs = Object.entries(labels ?? {}).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

const escapeLabel = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
