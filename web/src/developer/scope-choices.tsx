import { FieldGroup, Tick } from '../parts/form.tsx';
import { SmallButton } from '../parts/small-button.tsx';

export type Scope = { name: string; words: string };

/** Which of all scopes the application asks its customers for. */
export function ScopeChoices({
  scopes,
  chosen,
  onChange,
}: {
  scopes: readonly Scope[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const held = new Set(chosen);
  const pick = (wanted: (name: string) => boolean) => onChange(scopes.map(({ name }) => name).filter(wanted));
  return (
    <FieldGroup legend="What it asks customers for">
      <div className="links">
        <SmallButton onClick={() => pick((name) => name.endsWith('.read'))}>Choose everything to read</SmallButton>
        <SmallButton onClick={() => pick(() => true)}>Choose everything</SmallButton>
        <SmallButton onClick={() => pick(() => false)}>Choose nothing</SmallButton>
      </div>
      <div className="boxes">
        {scopes.map(({ name, words }) => (
          <Tick
            key={name}
            checked={held.has(name)}
            onChange={(checked) => pick((one) => (one === name ? checked : held.has(one)))}
          >
            {words} <code className="muted">{name.replace('agencyCloud/', '')}</code>
          </Tick>
        ))}
      </div>
    </FieldGroup>
  );
}
