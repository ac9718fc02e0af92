import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

type RequestLabels = { readonly door: string; readonly method: string; readonly route: string; readonly status: number };

/** Figures for Prometheus. Routes are labelled by their pattern, never by the path asked for, so there are only so many. */
export function makeMeasures(pool: () => { total: number; idle: number; waiting: number }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'portico_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['door', 'method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  new Gauge({
    name: 'portico_database_connections',
    help: 'Connections to the database by state; waiting are requests for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { total, idle, waiting } = pool();
      this.set({ state: 'open' }, total);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    request({ door, method, route, status }: RequestLabels, seconds: number): void {
      requests.observe({ door, method, route, status: String(status) }, seconds);
    },
  };
}
export type Measures = ReturnType<typeof makeMeasures>;
