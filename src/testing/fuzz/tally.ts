import type { Judge } from './judge.ts';
import type { Operation } from './operations.ts';
import { describe, type Shot } from './shot.ts';
import { type Answer, isSilent, type Silence } from './wire.ts';

/** The same thing wrong with the same operation is one finding. */
const keyOf = ({ door, method, path, operation }: Shot, what: string) =>
  `${door} ${operation ? `${operation.method} ${operation.path}` : `${method} ${path.split(/[?%]/)[0]?.slice(0, 40)}`}: ${what}`;

/** What came of a run. `where` says how to repeat it. */
export function makeTally(judge: Judge) {
  const findings = new Map<string, string>();
  const statuses: Record<string, number> = {};
  const reached = new Set<Operation>();
  return {
    findings,
    statuses,
    reached,
    take(shot: Shot, answer: Answer | Silence, where: string): void {
      const status = isSilent(answer) ? 'none' : answer.status;
      statuses[`${shot.door} ${status}`] = (statuses[`${shot.door} ${status}`] ?? 0) + 1;
      if (shot.operation && !isSilent(answer) && answer.status < 300) reached.add(shot.operation);
      const what = isSilent(answer) ? answer.silence : judge(shot, answer);
      if (what === undefined) return;
      const key = keyOf(shot, what);
      const text = isSilent(answer) ? '' : answer.text.slice(0, 500);
      if (!findings.has(key)) findings.set(key, `${key}\n  ${describe(shot)}\n  ${status} ${text}\n  ${where}`);
    },
    /** of bytes that are nearly HTTP: the first line that came back */
    takeRaw(bytes: Uint8Array, first: string | Silence, where: string): void {
      // 505 is Node's word for a version of HTTP that it does not speak
      const what = typeof first !== 'string' ? first.silence : /^HTTP\/1\.1 5(?!05)/.test(first) ? first : undefined;
      if (what === undefined) return;
      const sent = JSON.stringify(Buffer.from(bytes).toString('latin1').slice(0, 1_000));
      findings.set(`raw: ${what}`, `raw: ${what}\n  ${sent}\n  ${where}`);
    },
  };
}
