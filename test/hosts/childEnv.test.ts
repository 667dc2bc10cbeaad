import { expect, it } from 'vitest';
import { childEnv } from '../../electron/hosts/childEnv.ts';

it('the environment of our own processes keeps what drivers and languages need, and no secrets or options of Node and the engine', () => {
  const env = {
    PATH: '/bin',
    LANG: 'C',
    CUDA_VISIBLE_DEVICES: '0',
    npm_config_x: '1',
    NODE_OPTIONS: '--inspect',
    ELECTRON_RUN_AS_NODE: '1',
    MY_API_KEY: 'k',
    HF_TOKEN: 't',
    CI: '',
    NODE_LLAMA_CPP_GPU: 'perhaps',
  };
  expect(childEnv(env)).toEqual({ PATH: '/bin', LANG: 'C', CUDA_VISIBLE_DEVICES: '0' });
});
