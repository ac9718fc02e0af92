import type { ReadFrontAnswer } from '../generated/app-api.ts';
import { lengthSince, Moment } from '../parts/moment.tsx';

function Part({ name, state }: { name: string; state: { ok: boolean; detail: string } }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className={state.ok ? 'chip good' : 'chip bad'}>{state.ok ? 'OK' : 'Failing'}</span>{' '}
        <span className="muted">{state.detail}</span>
      </dd>
    </div>
  );
}

/** Whether all is well, in one strip. */
export function Health({ facts: { health, version, startedAt } }: { facts: ReadFrontAnswer }) {
  return (
    <dl className="strip" aria-label="Health">
      <Part name="Database" state={health.database} />
      <Part name="Files" state={health.files} />
      <div>
        <dt>Version</dt>
        <dd>{version}</dd>
      </div>
      <div>
        <dt>Up</dt>
        <dd>
          {lengthSince(startedAt)}{' '}
          <span className="muted">
            since <Moment at={startedAt} time />
          </span>
        </dd>
      </div>
    </dl>
  );
}
