// Loaded before the entry of a stand-in utility process: makes the inside look as in Electron, where there is no
// `process.send` but a `parentPort`, and where starting our own program as a Node would start a second app, which leaves.
import { EventEmitter } from 'node:events';

const { send } = process;
const parentPort = new EventEmitter();
parentPort.postMessage = (message) => void send.call(process, message);
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
// Electron ends its helpers when main goes.
process.on('disconnect', () => process.exit(0));
process.send = undefined;
process.parentPort = parentPort;
Object.defineProperty(process.versions, 'electron', { value: '45.4.1', enumerable: true });
if (process.platform !== 'win32') process.execPath = '/bin/true';
