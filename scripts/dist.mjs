// `npm run dist -- [options of electron-builder]`: makes the installers of this platform into out/. With Electron already
// unpacked somewhere, ELECTRON_OVERRIDE_DIST_PATH spares the download.
import { join } from 'node:path';
import { ownNode, root } from './lib/paths.mjs';
import { build, checkNode, install } from './lib/prepare.mjs';
import { run } from './lib/run.mjs';

const noNetwork =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|getaddrinfo|status code [45]\d\d|\b(403|404|407|50[234])\b|cannot (download|resolve)|self[- ]signed/i;

checkNode();
if (!(await install()) || !(await build())) process.exit(1);

const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
const args = [
  join(root, 'node_modules/electron-builder/cli.js'),
  ...(dist ? [`-c.electronDist=${dist}`] : []),
  ...process.argv.slice(2),
];
const { code, output } = await run(ownNode(), args, { onOutput: (text) => process.stderr.write(text) });
if (code === 0) console.error(`The installers lie in ${join(root, 'out')}.`);
else console.error(reasonOf(output));
process.exitCode = code === 0 ? 0 : 1;

function reasonOf(output) {
  if (!noNetwork.test(output)) return 'No installer was made; the reason is above.';
  return dist
    ? 'No installer was made: a tool that electron-builder needs for this kind of installer (AppImage, deb, dmg or nsis) could not be downloaded. `npm run dist -- --dir` makes the unpacked app without it.'
    : 'No installer was made: Electron (about 110 MB) or a tool for the installer could not be downloaded. Check the network, or unpack Electron yourself and name its folder in ELECTRON_OVERRIDE_DIST_PATH.';
}
