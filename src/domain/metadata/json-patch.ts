import { Fault } from '../../kernel/fault.ts';
import { isObject } from './document.ts';

/**
 * RFC 6902. Our own, because the libraries were found wanting on 2026-11-25: rfc6902 5.4.0 overflows the stack when `test` compares
 * arrays of 3,000 numbers (it computes their edit distance), removes element 0 for `/list/length`, and cannot replace the root;
 * fast-json-patch has had no release since 2022.
 */
const MOST_OPERATIONS = 500;

const refuse = (message: string, at?: number): Fault =>
  new Fault('invalid', at === undefined ? message : `Operation ${at}: ${message}`, { reason: 'patch.refused' });

type Json = unknown;
type Holder = Record<string, Json> | Json[];
const isHolder = (value: Json): value is Holder => Array.isArray(value) || isObject(value);

/** RFC 6901: `~1` is a slash, then `~0` a tilde. */
function readPointer(text: unknown): string[] {
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/'))) throw refuse('a pointer begins with a slash');
  if (/~(?![01])/.test(text)) throw refuse(`${text} is no pointer`);
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const INDEX = /^(0|[1-9]\d{0,8})$/;
const has = (holder: Holder, name: string) =>
  Array.isArray(holder) ? INDEX.test(name) && Number(name) < holder.length : Object.hasOwn(holder, name);
const missing = (path: readonly string[]) => refuse(`there is nothing at /${path.join('/')}`);

/** `__proto__` becomes a member like any other. */
const put = (holder: Holder, name: string, value: Json): void =>
  void Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true });

function get(root: Json, path: readonly string[]): Json {
  return path.reduce<Json>((value, name) => {
    if (!isHolder(value) || !has(value, name)) throw missing(path);
    return (value as Record<string, Json>)[name];
  }, root);
}

/** Where the last step is taken. */
function holderOf(root: Json, path: readonly string[]): { holder: Holder; name: string } {
  const holder = get(root, path.slice(0, -1));
  if (!isHolder(holder)) throw missing(path);
  return { holder, name: path.at(-1) ?? '' };
}

function add(root: Json, path: readonly string[], value: Json): Json {
  if (path.length === 0) return value;
  const { holder, name } = holderOf(root, path);
  if (!Array.isArray(holder)) put(holder, name, value);
  else if (name === '-') holder.push(value);
  else if (INDEX.test(name) && Number(name) <= holder.length) holder.splice(Number(name), 0, value);
  else throw missing(path);
  return root;
}

function remove(root: Json, path: readonly string[]): Json {
  if (path.length === 0) throw refuse('the whole document cannot be removed');
  const { holder, name } = holderOf(root, path);
  if (!has(holder, name)) throw missing(path);
  if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else delete holder[name];
  return root;
}

function replace(root: Json, path: readonly string[], value: Json): Json {
  if (path.length === 0) return value;
  const { holder, name } = holderOf(root, path);
  if (!has(holder, name)) throw missing(path);
  put(holder, name, value);
  return root;
}

function same(a: Json, b: Json): boolean {
  if (!isHolder(a) || !isHolder(b)) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same((a as Record<string, Json>)[name], (b as Record<string, Json>)[name]))
  );
}

const startsWith = (path: readonly string[], start: readonly string[]) => start.every((step, i) => path[i] === step);

function applyOne(root: Json, operation: Json): Json {
  if (!isObject(operation)) throw refuse('an operation is an object');
  const { op } = operation;
  const path = readPointer(operation.path);
  const value = () => {
    if (!Object.hasOwn(operation, 'value')) throw refuse('value is missing');
    return structuredClone(operation.value);
  };
  switch (op) {
    case 'add':
      return add(root, path, value());
    case 'remove':
      return remove(root, path);
    case 'replace':
      return replace(root, path, value());
    case 'test':
      if (!same(get(root, path), value())) throw refuse(`the value at /${path.join('/')} is another`);
      return root;
    case 'copy':
      return add(root, path, structuredClone(get(root, readPointer(operation.from))));
    case 'move': {
      const from = readPointer(operation.from);
      const moved = get(root, from);
      if (path.length === from.length && startsWith(path, from)) return root;
      if (startsWith(path, from)) throw refuse('a value cannot be moved into itself');
      return add(remove(root, from), path, moved);
    }
    default:
      throw refuse('op is add, remove, replace, move, copy or test');
  }
}

/**
 * The document with all operations applied; the one given stays as it is. `check` is asked after each copy, which may double a document.
 * @throws Fault invalid `patch.refused`: nothing of it holds then
 */
export function applyPatch(document: Json, patch: Json, check: (grown: Json) => void): Json {
  if (!Array.isArray(patch)) throw refuse('A patch is an array of operations');
  if (patch.length > MOST_OPERATIONS) throw refuse(`A patch has at most ${MOST_OPERATIONS} operations`);
  return patch.reduce<Json>((root, operation, i) => {
    try {
      const next = applyOne(root, operation);
      if (isObject(operation) && operation.op === 'copy') check(next);
      return next;
    } catch (error) {
      if (error instanceof RangeError) throw refuse('this is nested too deeply', i);
      throw error instanceof Fault && error.reason === 'patch.refused' ? refuse(error.message, i) : error;
    }
  }, structuredClone(document));
}
