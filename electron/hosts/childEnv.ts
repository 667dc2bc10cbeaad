const unwanted =
  /^(NODE_(OPTIONS|PATH|CHANNEL_.*|V8_COVERAGE)|ELECTRON_.*|npm_.*)$|TOKEN|SECRET|PASSWORD|API_?KEY/i;

/** The environment for our own processes: without what would change how Node runs, and without other people's secrets. */
export function childEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !unwanted.test(name)));
}
