/** Plain JSON, as YAML and the outputs of steps hold it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A small JSON Schema: the subset that describes the input and output of actions. */
export interface ActionSchema {
  type?: string | readonly string[];
  description?: string;
  properties?: Readonly<Record<string, ActionSchema>>;
  required?: readonly string[];
  items?: ActionSchema;
  enum?: readonly Json[];
  anyOf?: readonly ActionSchema[];
  additionalProperties?: boolean | ActionSchema;
  minLength?: number;
}

/** An action that steps of software templates may name, beside those Callboard brings. */
export interface TemplateAction {
  /** Lower-case parts with colons, one's own first: `acme:ticket:create`. */
  id: string;
  /** One sentence, shown on the page of every template that uses it. */
  description: string;
  /** Checked before the action runs. */
  input: ActionSchema;
  /** What it hands to later steps; a dry run makes examples of it up. */
  output?: ActionSchema;
  /** Touches nothing but the workspace, so that `--dry-run` may run it. A page's preview never does. */
  supportsDryRun?: boolean;
  /** Default export: what it does. Loaded when a step runs it, in Node. */
  load: () => Promise<{ default: (context: TemplateActionContext) => Promise<void> | void }>;
}

/** Something a step did outside the workspace, and how to take it back. */
export interface Effect {
  did: string;
  undo: string;
}

/** The files a template makes, in memory. Paths are relative, and none leads out. */
export interface TemplateWorkspace {
  /** Paths of all files below a folder, sorted. */
  paths(folder?: string): string[];
  has(path: string): boolean;
  /** Content of a file as text; throws where there is none. */
  text(path: string): string;
  /** Bytes and git mode of a file. */
  get(path: string): { content: Uint8Array; mode: number } | undefined;
  write(path: string, content: Uint8Array | string): void;
  /** Removes a file, or a folder with everything in it. */
  remove(path: string): void;
}

/** What an action of a plugin gets. */
export interface TemplateActionContext {
  /** The step's input, rendered, and checked against the action's schema. */
  readonly input: Readonly<JsonObject>;
  readonly workspace: TemplateWorkspace;
  /** Options of the plugin that declares the action. */
  readonly options: unknown;
  readonly isDryRun: boolean;
  /** Canonical ref of the template, e.g. `template:default/typescript-service`. */
  readonly templateRef: string | undefined;
  readonly signal: AbortSignal | undefined;
  output(name: string, value: Json): void;
  log(message: string): void;
  warn(message: string): void;
  /** Notes what was done outside the workspace: a run that fails later tells people, and how to undo it. */
  effect(effect: Effect): void;
}
