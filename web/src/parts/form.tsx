import { type ReactNode, useId } from 'react';
import { type Breach, Refused } from '../generated/app-api.ts';

/** What the server found wrong with a form. */
export const breachesOf = (error: unknown): readonly Breach[] => (error instanceof Refused ? error.breaches : []);

/** Everything that is wrong, said at once, above the button that was pressed. */
export function FormError({ error }: { error: Error | null }) {
  if (!error) return null;
  const breaches = breachesOf(error);
  return (
    <div className="error" role="alert">
      {breaches.length > 1 ? (
        <ul className="bullets">
          {breaches.map(({ at, message }) => (
            <li key={at + message}>{message}</li>
          ))}
        </ul>
      ) : (
        <p>{error.message}</p>
      )}
    </div>
  );
}

type Text = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  invalid?: boolean;
  /** more than one: an area to type in */
  lines?: number;
  required?: boolean;
};

/** A labelled field for text. */
export function TextField({ label, value, onChange, hint, invalid = false, lines = 1, required = false }: Text) {
  const id = useId();
  const shared = {
    id,
    value,
    required,
    'aria-invalid': invalid || undefined,
    'aria-describedby': hint ? `${id}h` : undefined,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {lines > 1 ? <textarea {...shared} rows={lines} spellCheck={false} /> : <input {...shared} autoComplete="off" />}
      {hint && (
        <span id={`${id}h`} className="muted">
          {hint}
        </span>
      )}
    </div>
  );
}

/** A box to tick, with what it means beside it. */
export function Tick({
  checked,
  onChange,
  disabled = false,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <label className="box">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}

/** Lines of an area as a list. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
