const unwanted =
  /^(CI|NODE_(OPTIONS|PATH|CHANNEL_.*|V8_COVERAGE|LLAMA_CPP_.*)|ELECTRON_.*|npm_.*)$|TOKEN|SECRET|PASSWORD|API_?KEY/i;

/**
 * The environment for our own processes: without what would change how Node or
 * the engine's library runs (one that cannot be read would keep the engine from starting), and without other people's secrets.
 */
export function childEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !unwanted.test(name)));
}
