// Loaded before the entry of a stand-in utility process: makes its side look as in Electron, where there is no
// `process.send` but a `parentPort`.
import { EventEmitter } from 'node:events';

const { send } = process;
const parentPort = new EventEmitter();
parentPort.postMessage = (message) => void send.call(process, message);
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
// Electron ends its helpers when main goes.
process.on('disconnect', () => process.exit(0));
process.send = undefined;
process.parentPort = parentPort;
