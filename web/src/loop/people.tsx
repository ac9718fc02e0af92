import type { ReadLoopAnswer } from '../generated/app-api.ts';
import { Nothing, Panel } from '../parts/panel.tsx';

type Person = ReadLoopAnswer['people'][number];

const dialable = (number: string) => `tel:${number.replace(/[^+\d]/g, '')}`;

function PersonRow({ person: { role, name, company, email, phones } }: { person: Person }) {
  return (
    <li>
      <div className="between">
        <strong>{name ?? email ?? 'Unnamed'}</strong>
        <span className="muted">{role}</span>
      </div>
      {company && <div className="muted">{company}</div>}
      {email && (
        <div>
          <a href={`mailto:${email}`}>{email}</a>
        </div>
      )}
      {phones.map(({ label, number }) => (
        <div key={label}>
          {label === 'Fax' ? number : <a href={dialable(number)}>{number}</a>} <span className="muted">{label}</span>
        </div>
      ))}
    </li>
  );
}

/** Who takes part, and how to reach them. */
export function People({ people }: { people: readonly Person[] }) {
  return (
    <Panel title="People" aside={people.length || undefined}>
      {people.length === 0 ? (
        <Nothing>Nobody takes part in this loop yet.</Nothing>
      ) : (
        <ul className="rows">
          {people.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
