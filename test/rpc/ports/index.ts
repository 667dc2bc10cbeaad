import { messageChannel } from './messageChannel.ts';
import type { Transport } from './transport.ts';

/** Every port the suite runs over. A new transport is one more line here. */
export const transports: readonly Transport[] = [messageChannel];
