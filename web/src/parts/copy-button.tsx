import { useEffect, useRef, useState } from 'react';

/** Browsers give the clipboard to secure pages only; on plain http elsewhere, the old command still works. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** Copies a text and says so. `what` tells several such buttons apart when they are read aloud. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  const timer = useRef<number>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  async function press() {
    setState(
      await copy(text).then(
        () => 'copied' as const,
        () => 'failed' as const,
      ),
    );
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setState('ready'), 2000);
  }
  return (
    <>
      <button type="button" className="copy" onClick={press} aria-label={`Copy ${what}`}>
        {state === 'copied' ? 'Copied' : 'Copy'}
      </button>
      <span className="unseen" role="status">
        {state === 'copied' && `Copied ${what}`}
        {state === 'failed' && `Could not copy ${what}`}
      </span>
    </>
  );
}
