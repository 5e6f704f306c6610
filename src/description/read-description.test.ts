import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescriptionError, parseDescription } from './read-description.js';

const good = `schema: backend/1
name: my-union
title: a union
version: [./myunion, --version]
mount: [myunion, '{branches}', '{mountpoint}']
branches: { format: '{path}={mode}', separator: ':', modes: { rw: RW, ro: RO } }
lifetime: foreground
whiteouts: none
capabilities: [visible-to-programs]
`;

/** The lines of the message for the good description with one replacement. */
function complaints(from: string, to: string): string[] {
  try {
    parseDescription(good.replace(from, to), 'my.yaml', '/home/me');
    return [];
  } catch (failure) {
    if (!(failure instanceof DescriptionError)) throw failure;
    return failure.message.split('\n');
  }
}

test('a program with a slash is relative to the description', () => {
  const { version, mount } = parseDescription(good, 'my.yaml', '/home/me');
  assert.deepEqual([version[0], mount[0]], ['/home/me/myunion', 'myunion']);
});

test('a capability that does not exist is told with its line and the nearest one', () => {
  assert.deepEqual(complaints('[visible-to-programs]', '\n  - visible-to-programs\n  - hardlinks'), [
    'my.yaml:11: there is no capability hardlinks: did you mean hard-links?',
  ]);
});

test('a field that does not exist is told with its line and those that do', () => {
  const [line, ...more] = complaints('lifetime:', 'lifetme: x\nlifetime:');
  assert.match(line ?? '', /^my\.yaml:7: lifetme is not known here: .*lifetime/);
  assert.deepEqual(more, []);
});

test('a field that is missing is told', () => {
  assert.match(
    complaints('title: a union\n', '')[0] ?? '',
    /^my\.yaml:1: title is missing: one line for people$/,
  );
});

test('a value that is not allowed is told with those that are', () => {
  assert.match(
    complaints('whiteouts: none', 'whiteouts: aufs')[0] ?? '',
    /^my\.yaml:8: whiteouts cannot be aufs: write char-device, .*dot-wh, hidden-suffix or none$/,
  );
});

test('a command that is a text instead of a list is told', () => {
  assert.match(
    complaints("[myunion, '{branches}', '{mountpoint}']", 'myunion {branches}')[0] ?? '',
    /^my\.yaml:5: mount /,
  );
});

test('a placeholder that means nothing is told', () => {
  assert.deepEqual(complaints("'{mountpoint}'", "'{target}', '{mountpoint}'"), [
    'my.yaml:5: {target} means nothing in mount: write {branches}, {upper}, {lowers}, {work}, {mountpoint}',
  ]);
});

test('a mount command needs a mount point, and an explanation of its branches', () => {
  assert.deepEqual(complaints(", '{mountpoint}'", ''), [
    'my.yaml:5: mount has no {mountpoint}: add it where the command takes the directory',
  ]);
  assert.deepEqual(
    complaints("branches: { format: '{path}={mode}', separator: ':', modes: { rw: RW, ro: RO } }\n", ''),
    ['my.yaml:5: {branches} needs to be explained: add branches: { format, separator, modes }'],
  );
});

test('what is not YAML is told with its line', () => {
  assert.match(complaints('title: a union', 'title: "a union')[0] ?? '', /^my\.yaml:\d+: /);
});
