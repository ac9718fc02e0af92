import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

type Outcome<Made> = { made?: Made; said?: string };

/** One errand at a time with the rows of a list, and what came of the last one: something made, which is shown, or something to say. */
export function useErrand<Errand, Made = never>(list: string) {
  const queries = useQueryClient();
  const [errand, setErrand] = useState<Errand>();
  const [outcome, setOutcome] = useState<Outcome<Made>>({});
  return {
    errand,
    outcome,
    start(next: Errand) {
      setErrand(next);
      setOutcome({});
    },
    drop: () => setErrand(undefined),
    async finish(came: Outcome<Made>) {
      setErrand(undefined);
      setOutcome(came);
      await queries.invalidateQueries({ queryKey: [list] });
    },
  };
}
