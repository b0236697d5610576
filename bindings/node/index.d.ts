// SPDX-License-Identifier: Apache-2.0

/** What JSON holds; a number that JavaScript cannot hold exactly comes as a string. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
/** A document on the way in: a value, or its JSON text. */
export type Document = string | object;
/** A file of a model, a path or a pack; `name` is what errors call it. */
export interface SourceFile { name: string; data: string | Uint8Array }
/** A place that an error concerns; empty texts and 0 mean that a part is not known. */
export interface Position { source: string; element: string; pointer: string; line: number; column: number }
/** The time and the limits of an evaluation; a limit of 0 takes the default. */
export interface ContextOptions { now?: string; depth?: number; steps?: number; items?: number; bytes?: number }
export type Language = "fi" | "sv" | "en" | "fi-selko";

/** Every error of polku: `status` such as "INVALID" (docs/c-abi.md), `code` of docs/errors.md, `sentence` without places. */
export class PolkuError extends Error {
  readonly status: string;
  readonly code: number;
  readonly sentence: string;
  readonly positions: Position[];
}

declare abstract class Handle {
  /** Destroys it; doing it again is no fault. */
  close(): void;
  [Symbol.dispose](): void;
}

export function version(): string;
export function abiVersion(): number;
export function schema(name: "path" | "command" | "case" | "event"): Json;
export function packs(): string[];
export function paths(): string[];
export function readFile(path: string): SourceFile;
export function evaluate(expression: string, names?: Document, options?: ContextOptions): Json;

export class Context extends Handle {
  constructor(options?: ContextOptions);
  setNow(now: string): void;
  evaluate(expression: string, names?: Document): Json;
}

export interface Decision {
  readonly inputs: { name: string; type: string }[];
  evaluate(inputs: Document, context?: Context): Json;
  explain(inputs: Document, context?: Context): Json;
}

export class Program extends Handle {
  constructor(files: SourceFile[]);
  static read(...files: string[]): Program;
  check(): Json;
  readonly decisions: string[];
  decision(name: string): Decision;
}

export class Pack extends Handle {
  constructor(source: string | SourceFile[]);
  readonly id: string;
  readonly hash: string;
  describe(): Json;
  decide(question: Document): Json;
  explain(question: Document, language?: Language): Json;
  explainText(question: Document, language?: Language): string;
  missing(question: Document, language?: Language): Json;
  whatIf(question: Document, wish: Document): Json;
}

export class Path extends Handle {
  constructor(source: string | SourceFile[]);
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  prove(question?: Document): Json;
}

export interface ViewOptions { language?: Language; showProtected?: boolean; reader?: Document }

export class Store extends Handle {
  constructor(path: string, options?: { busyTimeoutMs?: number; mustExist?: boolean });
  connect(): Store;
  usePath(path: Path): void;
  adopt(pack: Pack, adoption: Document): Json;
  execute(command: Document): Json;
  case(id: string, asOf: string, options?: ViewOptions): Json;
  due(by: string): Json;
  cases(options?: { after?: string; limit?: number }): Json;
  events(since?: number | bigint, page?: number): Generator<Json>;
  head(): string;
  verify(anchor?: string): Json;
  checkpoint(): void;
}
