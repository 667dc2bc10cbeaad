import { config } from 'zod';

// The page's CSP forbids eval; zod must know before the first schema is made. Imported first of all.
config({ jitless: true });
