import { type FanOutPorts, fanOut } from './fan-out.ts';
import type { WebhookLog } from './log.ts';

/** While somebody listens, news of other instances is found that fast; what happens here is told by `wake`. */
const POLL_MS = 1_000;
/** Nobody listens: a look now and then, for webhooks that another instance has made. */
const IDLE_MS = 3_000;
/** The database is away. */
const TROUBLE_MS = 5_000;

export type Feeder = {
  start(): void;
  /** Something was committed here. Cheap; many calls make one look. */
  wake(): void;
  /** Reads the log to its end now. For tests, and for commands that wait for it. */
  drain(): Promise<void>;
  stop(): Promise<void>;
};

/** Runs the fan-out in this process. Any number of processes may: one reads at a time. */
export function makeFeeder(ports: FanOutPorts & { readonly log: WebhookLog }): Feeder {
  let running: Promise<void> | undefined;
  let stopped = false;
  let woken = false;
  let rouse = () => {};
  // Whether the last look found listeners: if not, the log since then need not be read.
  let listening = false;

  async function round(): Promise<'end' | 'busy' | 'nobody'> {
    for (;;) {
      const found = await fanOut(ports, !listening);
      listening = found !== 'nobody';
      if (found !== 'read' || stopped) return found === 'read' ? 'end' : found;
    }
  }

  async function pause(ms: number): Promise<void> {
    if (!woken && !stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms).unref();
        rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    woken = false;
  }

  async function run(): Promise<void> {
    while (!stopped) {
      let ms = POLL_MS;
      try {
        if ((await round()) === 'nobody') ms = IDLE_MS;
      } catch (error) {
        ms = TROUBLE_MS;
        ports.log.error({ room: 'webhooks', err: error }, 'The log of events could not be read; trying again');
      }
      await pause(ms);
    }
  }

  return {
    start() {
      running ??= run();
    },
    wake() {
      woken = true;
      rouse();
    },
    async drain() {
      await round();
    },
    async stop() {
      stopped = true;
      rouse();
      await running;
    },
  };
}
