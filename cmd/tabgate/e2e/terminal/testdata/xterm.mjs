// A terminal without a window. Each line of standard input is a command as
// JSON: {"write": base64} shows bytes, {"look": true} asks what the screen
// shows. Each line of output is JSON too: {"answer": base64} is what the
// terminal says to the program, {"rows"} what it shows.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(process.env.TABGATE_XTERM + '/');
const { Terminal } = require('@xterm/headless');
const [cols, rows] = process.argv.slice(2).map(Number);
const terminal = new Terminal({ cols, rows, allowProposedApi: true });
const say = (what) => process.stdout.write(JSON.stringify(what) + '\n');
terminal.onData((text) => say({ answer: Buffer.from(text).toString('base64') }));

function look() {
  const buffer = terminal.buffer.active;
  const lines = Array.from({ length: rows }, (_, y) => buffer.getLine(buffer.baseY + y));
  say({
    rows: lines.map((line) => Array.from({ length: cols }, (_, x) => {
      const cell = line.getCell(x);
      const second = x > 0 && cell.getWidth() === 0 && line.getCell(x - 1).getWidth() === 2;
      return second ? '' : cell.getChars() || ' ';
    }).join('')),
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  if (command.write) terminal.write(Buffer.from(command.write, 'base64'));
  if (command.look) terminal.write('', look); // after all that was written
}
