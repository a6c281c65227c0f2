// Runs `npm ci` in the folder named by the first argument, unless its node_modules already hold what the lock file says.
// Called by MSBuild (src/EngagementFlows.Server/Npm.targets, tests/Directory.Build.targets), perhaps by several builds at once: one works, the others wait.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2]);
const stamp = join(folder, 'node_modules', '.npm-ci-stamp');
const wanted = createHash('sha256')
  .update(readFileSync(join(folder, 'package-lock.json')))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex');
// Outside of node_modules, which npm empties; the folder is part of the name, so that two clones do not wait for each other.
const lock = join(tmpdir(), `engagementflows-npm-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.lock`);

const isUpToDate = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

function ownerOfLock() {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return null;
  }
}

function isAlive(processId) {
  try {
    process.kill(Number(processId), 0);
    return true;
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}

async function takeLock() {
  for (;;) {
    try {
      const file = openSync(lock, 'wx', 0o600);
      writeFileSync(file, String(process.pid));
      closeSync(file);
      // Two waiters may remove the same dead lock, the slower one the quicker one's new lock: who still stands in it after a while has it.
      await pause(100);
      if (ownerOfLock() === String(process.pid))
        return;
    } catch (fault) {
      if (fault.code !== 'EEXIST')
        throw fault;
    }

    await pause(200);
    const owner = ownerOfLock();
    if (owner !== null && owner !== '' && owner !== String(process.pid) && !isAlive(owner))
      rmSync(lock, { force: true });
  }
}

if (!isUpToDate()) {
  await takeLock();
  try {
    if (!isUpToDate()) {
      rmSync(stamp, { force: true });
      console.log(`npm ci in ${folder}`);
      const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: folder,
        stdio: ['ignore', 'inherit', 'inherit'],
        shell: process.platform === 'win32',
      });
      if (npm.status !== 0) {
        const reason = npm.error ? npm.error.message : `it ended with code ${npm.status}`;
        console.error(`error NPM001: 'npm ci' in '${folder}' failed: ${reason}. See its lines above; the packages must be in npm's cache or its registry within reach.`);
        process.exitCode = 1;
      } else {
        mkdirSync(join(folder, 'node_modules'), { recursive: true });
        writeFileSync(stamp, wanted);
      }
    }
  } finally {
    rmSync(lock, { force: true });
  }
} else {
  // The lock file is younger than the stamp but says the same (a fresh checkout): MSBuild compares times only.
  const now = new Date();
  utimesSync(stamp, now, now);
}
