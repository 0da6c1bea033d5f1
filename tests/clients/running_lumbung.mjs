// The binary in a process of its own, as a user runs it.
import {spawn} from 'node:child_process';
import {chmodSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

// Ours, but for what the tests are told: the binary takes LUMBUNG_... for its settings.
function environmentOfTheBinary() {
  return Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith('LUMBUNG_')));
}

export class RunningLumbung {
  #process;
  #folder = mkdtempSync(join(tmpdir(), 'lumbung-clients-'));
  #output = '';

  // `more` are words of the command line.
  static async start(...more) {
    const running = new RunningLumbung(more);
    await running.#saysThatItIsUp();
    return running;
  }

  constructor(more) {
    // Started by root, PostgreSQL runs as somebody else.
    chmodSync(this.#folder, 0o755);
    this.#process = spawn(process.env.LUMBUNG_BINARY, [
      'up', '--data-dir', join(this.#folder, 'data'), '--grpc-port', '0',
      '--metrics-port', '0', '--gateway-port', '0', ...more,
    ], {stdio: ['ignore', 'pipe', 'pipe'], env: environmentOfTheBinary()});
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => { this.#output += text; });
    }
  }

  #saysThatItIsUp() {
    return new Promise((resolve, reject) => {
      this.#process.on('exit', (code) => {
        reject(new Error(`lumbung ended with ${code}:\n${this.#output}`));
      });
      this.#process.stdout.on('data', () => {
        if (/Ctrl-C stops everything/.test(this.#output)) resolve();
      });
    });
  }

  get output() {
    return this.#output;
  }

  get url() {
    return this.#output.match(/http:\/\/127\.0\.0\.1:\d+(?= \(Connect)/)[0];
  }

  // Of the first person.
  get oneTimePassword() {
    return this.#output.match(/one-time password\s+(\S+)/)[1];
  }

  // Of the demo's people.
  oneTimePasswordOf(userName) {
    return this.#output.match(new RegExp(`^  ${userName}\\s+(\\S+)`, 'm'))[1];
  }

  async stop() {
    this.#process.removeAllListeners('exit');
    const ended = new Promise((resolve) => this.#process.on('exit', resolve));
    this.#process.kill('SIGTERM');
    await ended;
    rmSync(this.#folder, {recursive: true, force: true});
  }
}
