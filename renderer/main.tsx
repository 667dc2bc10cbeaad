import './platform/zodWithoutEval.ts';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import './ui/base.css';
import { App } from './app/App.tsx';
import { Locked } from './app/Locked.tsx';
import { createStores, StoresProvider } from './app/stores.tsx';
import { watchSystem } from './app/theme.ts';
import { createConnection } from './platform/connection.ts';
import { openPort } from './platform/openPort.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
if (nonce) setNonce(nonce);

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root');
const root = createRoot(element);
watchSystem();
const platform = openPort(window);
if (platform.kind === 'locked') {
  root.render(<Locked />);
} else {
  const stores = createStores(createConnection(platform.open), platform);
  root.render(
    <StrictMode>
      <StoresProvider value={stores}>
        <App />
      </StoresProvider>
    </StrictMode>,
  );
}
