import type { UseMutationResult } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId } from 'react';
import { type Breach, Refused } from '../generated/app-api.ts';

/** What the server found wrong with a form. */
const breachesOf = (error: unknown): readonly Breach[] => (error instanceof Refused ? error.breaches : []);

/** The fields that something is wrong with. */
export const wrongIn = ({ error }: Pick<Sending, 'error'>): ReadonlySet<string> => new Set(breachesOf(error).map(({ at }) => at));

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

/** Sending a form: a mutation that takes what was filled in when it is sent. */
type Sending = Pick<UseMutationResult<unknown, Error, void>, 'mutate' | 'isPending' | 'error'>;

type FormProps = {
  send: Sending;
  /** says what happens: "Make key" */
  action: string;
  cancel?: string;
  onCancel?: (() => void) | undefined;
  children: ReactNode;
};

/** Fields, what is wrong with them, and the buttons. The browser checks nothing: the server says all of it at once. */
export function Form({ send, action, cancel = 'Cancel', onCancel, children }: FormProps) {
  function submit(event: FormEvent) {
    event.preventDefault();
    send.mutate();
  }
  return (
    <form className="stack padded" onSubmit={submit} noValidate>
      {children}
      <FormError error={send.error} />
      <div className="choices">
        {onCancel && (
          <button type="button" className="button quiet" onClick={onCancel}>
            {cancel}
          </button>
        )}
        <button type="submit" className="button" disabled={send.isPending}>
          {action}
        </button>
      </div>
    </form>
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

type Choice<Value extends string> = { value: Value; words: string };

/** A labelled field with a few choices. */
export function ChoiceField<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: Value;
  choices: readonly Choice<Value>[];
  onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value as Value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.words}
          </option>
        ))}
      </select>
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

/** Fields that answer one question together. */
export const FieldGroup = ({ legend, invalid = false, children }: { legend: string; invalid?: boolean; children: ReactNode }) => (
  <fieldset className="group-of-fields" aria-invalid={invalid || undefined}>
    <legend>{legend}</legend>
    {children}
  </fieldset>
);

/** Lines of an area as a list. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
