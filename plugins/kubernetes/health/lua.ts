import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { LuaFactory } from 'wasmoon';
import type { LuaEngine } from 'wasmoon';

import type { ExtraRules } from './judge.ts';
import { groupOf, textAt } from './objects.ts';
import type { KubernetesObject } from './objects.ts';
import type { Judgement } from './verdict.ts';

/** Milliseconds one rule may run. */
const timeLimit = 500;
/** Bytes all of Lua may hold; a rule reads one object of at most 1.5 MB. */
const memoryLimit = 48 * 1024 * 1024;
/** A rule that ran away this often is not tried again in this run. */
const strikesAllowed = 3;

/**
 * What a rule can reach: no files, no processes, no network, no code loading, and of `os` only the clock. Every call
 * gets its own globals, so that one rule cannot leave something behind for the next. There is no pcall: it would catch
 * the time limit.
 */
const sandbox = `
local load, pcall, setmetatable, tostring, type = load, pcall, setmetatable, tostring, type
local clock = { time = os.time, date = os.date }
local base = { assert = assert, error = error, ipairs = ipairs, next = next, pairs = pairs,
  select = select, tonumber = tonumber, tostring = tostring, type = type, unpack = table.unpack, math = math,
  string = string, os = clock, print = function() end,
  require = function(name) if name == 'os' then return clock end error('rules cannot load ' .. tostring(name)) end }
base.table = { concat = table.concat, insert = table.insert, remove = table.remove, sort = table.sort,
  unpack = table.unpack, getn = function(list) return #list end }
local rules = {}
function __judge(name, source, object)
  local rule = rules[name]
  if rule == nil then
    local problem
    rule, problem = load('local _ENV = ...; ' .. source, '=' .. name, 't', {})
    if rule == nil then return 'error', problem end
    rules[name] = rule
  end
  local done, answer = pcall(rule, setmetatable({ obj = object }, { __index = base, __metatable = false }))
  if not done then return 'error', tostring(answer) end
  if type(answer) ~= 'table' then return 'none', '' end
  return tostring(answer.status), tostring(answer.message or '')
end
for _, name in ipairs({ 'os', 'load', 'loadfile', 'dofile', 'require', 'package', 'io', 'debug', 'collectgarbage', 'coroutine' }) do
  _G[name] = nil
end
string.dump = nil
local rep = string.rep
string.rep = function(text, count)
  if #text * count > 1000000 then error('text too long') end
  return rep(text, count)
end
`;

const words = new Set(['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown']);

interface RuleFile {
  /** `group/Kind`, with `_` for any. */
  name: string;
  source: string;
  pattern: RegExp;
  isWildcard: boolean;
}

/** Argo CD's health rules as they come with Callboard, and an organisation's own; own rules win. */
export class LuaRules implements ExtraRules {
  static async load(folders: readonly string[]): Promise<LuaRules> {
    const lists = await Promise.all(folders.map(readRules));
    return new LuaRules(lists.flat());
  }

  readonly #rules: readonly RuleFile[];
  readonly #strikes = new Map<string, number>();
  readonly #found = new Map<string, RuleFile | undefined>();
  #engine: LuaEngine | undefined;

  constructor(rules: readonly RuleFile[]) {
    this.#rules = rules;
  }

  get size(): number {
    return this.#rules.length;
  }

  async judge(object: KubernetesObject): Promise<Judgement | undefined> {
    const rule = this.#ruleFor(`${groupOf(object.apiVersion)}/${object.kind}`);
    if (rule === undefined) return undefined;
    const name = `lua:${rule.name}`;
    if ((this.#strikes.get(rule.name) ?? 0) >= strikesAllowed)
      return { status: 'Unknown', message: `Its rule ${rule.name} takes too long`, rule: name };
    const [status, message] = await this.#run(rule, object);
    if (status === 'none' || status === 'nil') return undefined;
    if (status === 'error')
      return {
        status: 'Unknown',
        reason: 'RuleFailed',
        message: `Its rule failed: ${message}`,
        rule: name,
      };
    if (!words.has(status))
      return {
        status: 'Unknown',
        reason: 'RuleFailed',
        message: `Its rule answers ${status}`,
        rule: name,
      };
    return {
      status: status as Judgement['status'],
      message: message || ownWords(object) || status,
      rule: name,
    };
  }

  close(): void {
    this.#engine?.global.close();
    this.#engine = undefined;
  }

  async #run(rule: RuleFile, object: KubernetesObject): Promise<[string, string]> {
    this.#engine ??= await createEngine();
    const { global } = this.#engine;
    try {
      global.setTimeout(Date.now() + timeLimit);
      const results = global.call(
        '__judge',
        rule.name,
        rule.source,
        withoutNulls(object),
      ) as unknown as unknown[];
      const [status, message] = results;
      if (status === 'error' && /not enough memory|timeout exceeded/.test(String(message)))
        this.#discard(rule);
      return [String(status), String(message ?? '')];
    } catch (error) {
      this.#discard(rule);
      return ['error', error instanceof Error ? error.message : String(error)];
    } finally {
      this.#engine?.global.setTimeout(undefined);
    }
  }

  /** After a timeout the state of the machine is not to be trusted. */
  #discard(rule: RuleFile): void {
    this.#strikes.set(rule.name, (this.#strikes.get(rule.name) ?? 0) + 1);
    this.#engine = undefined;
  }

  #ruleFor(key: string): RuleFile | undefined {
    if (!this.#found.has(key)) {
      const fitting = this.#rules.filter((rule) => rule.pattern.test(key));
      this.#found.set(key, fitting.find((rule) => !rule.isWildcard) ?? fitting[0]);
    }
    return this.#found.get(key);
  }
}

/** Many rules give no message; the object often has one. */
function ownWords(object: KubernetesObject): string | undefined {
  return textAt(object, 'status', 'message') || textAt(object, 'status', 'phase');
}

/** Lua has no null: a field that is null is one that is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null)
      .map(([key, each]) => [key, withoutNulls(each)]),
  );
}

async function createEngine(): Promise<LuaEngine> {
  const engine = await new LuaFactory().createEngine({
    openStandardLibs: true,
    injectObjects: false,
    enableProxy: false,
    traceAllocations: true,
  });
  engine.doStringSync(sandbox);
  engine.global.setMemoryMax(memoryLimit);
  return engine;
}

async function readRules(folder: string): Promise<RuleFile[]> {
  const files = await readdir(folder, { recursive: true });
  const names = files.filter((file) => path.basename(file) === 'health.lua').sort();
  return Promise.all(
    names.map(async (file) => {
      const name = path.dirname(file).split(path.sep).join('/');
      return ruleOf(name, await readFile(path.join(folder, file), 'utf8'));
    }),
  );
}

/** A rule by its folder's name, as Argo CD names them: `<group>/<Kind>`, where `_` stands for anything. */
export function ruleOf(name: string, source: string): RuleFile {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('_', '[^/]*');
  return { name, source, pattern: new RegExp(`^${escaped}$`), isWildcard: name.includes('_') };
}
