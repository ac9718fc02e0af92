import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { ApplicationsPage } from './applications/applications-page.tsx';
import { ApplicationPage } from './developer/application-page.tsx';
import { DeveloperPage } from './developer/developer-page.tsx';
import { FrontPage } from './front/front-page.tsx';
import { Refused } from './generated/app-api.ts';
import { InstallationsPage } from './installations/installations-page.tsx';
import { KeysPage } from './keys/keys-page.tsx';
import { LoopPage } from './loop/loop-page.tsx';
import { Frame } from './parts/frame.tsx';

const root = document.getElementById('app');
if (!root) throw new Error('The shell has no #app');

/** The server says which page this is (src/pages/shell.ts), so there is no router. */
function pageOf({ page, loop, client }: DOMStringMap) {
  if (page === 'loop' && loop) return <LoopPage id={loop} />;
  if (page === 'applications') return <ApplicationsPage />;
  if (page === 'developer') return <DeveloperPage />;
  if (page === 'developer-application' && client) return <ApplicationPage clientId={client} />;
  if (page === 'installations') return <InstallationsPage />;
  if (page === 'keys') return <KeysPage />;
  return <FrontPage />;
}

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the server refused, it will refuse again; what failed on the way may work the second time.
      retry: (failures, error) => !(error instanceof Refused && error.status < 500) && failures < 1,
    },
  },
});

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Frame>{pageOf(root.dataset)}</Frame>
    </QueryClientProvider>
  </StrictMode>,
);
