import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v1 } from './v1.js';
import { v2 } from './v2.js';

function reader(files: Readonly<Record<string, string>>) {
  return (file: string) => files[file] ?? assert.fail(`${file} is not asked for`);
}

test('version 1 has a file for the period and one for the quota, version 2 one for both', () => {
  const quota = { kind: 'cpu-quota', quota: 20000, period: 100000 } as const;
  assert.deepEqual(v1.limit(quota), [
    { file: 'cpu.cfs_period_us', text: '100000' },
    { file: 'cpu.cfs_quota_us', text: '20000' },
  ]);
  assert.deepEqual(v2.limit(quota), [{ file: 'cpu.max', text: '20000 100000' }]);
});

test('the usual weight is 1024 shares in version 1, and no weight exceeds what it takes', () => {
  const shares = (weight: number) => v1.limit({ kind: 'cpu-weight', weight })[0]?.text;
  assert.deepEqual([shares(1), shares(100), shares(10000)], ['10', '1024', '102400']);
  assert.deepEqual(v2.limit({ kind: 'cpu-weight', weight: 300 }), [{ file: 'cpu.weight', text: '300' }]);
});

test('a memory limit leaves no swap beside it', () => {
  const limit = { kind: 'memory', bytes: 1048576 } as const;
  assert.deepEqual(v1.limit(limit), [
    { file: 'memory.limit_in_bytes', text: '1048576' },
    { file: 'memory.memsw.limit_in_bytes', text: '1048576', optional: true },
  ]);
  assert.deepEqual(v2.limit(limit), [
    { file: 'memory.max', text: '1048576' },
    { file: 'memory.swap.max', text: '0', optional: true },
  ]);
});

test('version 1 counts CPU time in nanoseconds and apart from the periods', () => {
  const read = reader({
    'cpuacct.usage': '1234567000\n',
    'cpu.stat': 'nr_periods 12\nnr_throttled 7\nthrottled_time 99\nnr_bursts 0\nburst_time 0\n',
  });
  assert.deepEqual(v1.cpuUsage(read), { used: 1234567, periods: 12, throttled: 7 });
});

test('version 2 counts CPU time in microseconds, and knows periods where it carries the controller', () => {
  const own = 'usage_usec 1234567\nuser_usec 1\nsystem_usec 2\nnice_usec 0\n';
  assert.deepEqual(v2.cpuUsage(reader({ 'cpu.stat': own })), { used: 1234567, periods: 0, throttled: 0 });
  const all = `${own}nr_periods 12\nnr_throttled 7\nthrottled_usec 99\n`;
  assert.deepEqual(v2.cpuUsage(reader({ 'cpu.stat': all })), { used: 1234567, periods: 12, throttled: 7 });
});

test('both versions count what the memory limit has killed, and not what only came near', () => {
  const events = 'low 0\nhigh 0\nmax 18\noom 3\noom_kill 2\noom_group_kill 0\n';
  assert.equal(v2.memoryKills(reader({ 'memory.events': events })), 2);
  const control = 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n';
  assert.equal(v1.memoryKills(reader({ 'memory.oom_control': control })), 2);
});

test('a group that is still freezing is not frozen', () => {
  assert.equal(v1.isFrozen(reader({ 'freezer.state': 'FREEZING\n' })), false);
  assert.equal(v1.isFrozen(reader({ 'freezer.state': 'FROZEN\n' })), true);
  assert.equal(v2.isFrozen(reader({ 'cgroup.events': 'populated 1\nfrozen 0\n' })), false);
  assert.equal(v2.isFrozen(reader({ 'cgroup.events': 'populated 1\nfrozen 1\n' })), true);
});
