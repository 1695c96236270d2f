// First: it sets how every schema is made.
// oxlint-disable-next-line import/no-unassigned-import -- see above
import '#ui/bridge/jitless.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '#ui/widgets/base.css';
import { App } from '#ui/app/App.tsx';
import { connect } from '#ui/bridge/index.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <App engine={connect()} />
  </StrictMode>,
);
