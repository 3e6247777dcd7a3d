import './nonce.ts';
import '@mantine/core/styles.css';
import 'dockview-react/dist/styles/dockview.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/mantine.css';
import './theme/dock.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startI18n } from './i18n/index.ts';

startI18n();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
