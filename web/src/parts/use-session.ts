import { useQuery } from '@tanstack/react-query';
import { readSession } from '../generated/app-api.ts';

/** Who is signed in, and the token that goes back with every change. */
export const useSession = () => useQuery({ queryKey: ['session'], queryFn: readSession });
