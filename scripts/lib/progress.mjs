// Runs under Node 20 with nothing installed: built-in modules only.

/** Shows on stderr that long work goes on: one moving line on a terminal, a plain line now and then elsewhere. */
export function startProgress(title) {
  const start = Date.now();
  const tty = process.stderr.isTTY === true;
  let detail = '';
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
  const draw = () => {
    const line = `${title} · ${seconds()}${detail ? ` · ${detail}` : ''}`;
    if (tty) process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    else process.stderr.write(`${title}: ${seconds()} so far\n`);
  };
  if (tty) draw();
  else process.stderr.write(`${title} …\n`);
  const timer = setInterval(draw, tty ? 250 : 10_000);
  return {
    note(text) {
      detail = text ?? '';
    },
    end(word) {
      clearInterval(timer);
      process.stderr.write(`${tty ? '\r\x1b[2K' : ''}${title}: ${word} after ${seconds()}\n`);
    },
  };
}
