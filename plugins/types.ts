/**
 * The whole plugin contract. A capability is one folder with the file names of the README's map of rooms; this file
 * is the only thing the engine (collectors/), the shell (site/) and a plugin share.
 */
import type { ZodType } from 'zod';

import type { Entity } from './entity.ts';
import type { EntityEvent } from './entity-event.ts';
import type { EntityFact, Tone } from './entity-fact.ts';
import type { Problem, ProblemInput, ProblemKind, SourceState } from './problem.ts';
import type { ApiFile, GuideSection, PortalFile } from './portal-file.ts';
import type { PluginCommand } from './plugin-command.ts';
import type { ReaderTool } from './reader-tool.ts';
import type { Repository } from './repository.ts';
import type { SearchRecord } from './search-record.ts';
import type { TemplateAction } from './template-action.ts';
import type { FeedTopic, Watched } from './watched.ts';

export { refOf } from './entity.ts';
export type { Entity } from './entity.ts';
export type { EntityEvent } from './entity-event.ts';
export type { EntityFact, Tone } from './entity-fact.ts';
export type {
  Place,
  Problem,
  ProblemInput,
  ProblemKind,
  Severity,
  SourceState,
} from './problem.ts';
export type { ApiFile, GuideSection, PortalFile } from './portal-file.ts';
export type { CommandContext, PluginCommand } from './plugin-command.ts';
export type { PortalReader, ReaderTool } from './reader-tool.ts';
export type { GithubAccess, Repository } from './repository.ts';
export type { SearchRecord } from './search-record.ts';
export type { TemplateAction, TemplateActionContext } from './template-action.ts';
export type { FeedTopic, Watched } from './watched.ts';

export interface CollectContext<Options, Data> {
  readonly options: Options;
  readonly repositories: readonly Repository[];
  /** States of the repository sources; a failed one has no repositories here: carry its part of `previous` over. */
  readonly sources: readonly SourceState[];
  /** This plugin's data of the last good run. */
  readonly previous: Data | undefined;
  /** All plugins that are on, for what they declare; undefined where nobody knows. */
  readonly plugins?: readonly AnyPlugin[] | undefined;
  /** Problems of the last good run, to carry over for a source that failed. */
  readonly previousProblems: readonly Problem[];
  /** Data just collected by a plugin named in `after`. */
  snapshot<T>(plugin: string): T | undefined;
  report(problem: ProblemInput): void;
  progress(done: number, total: number, what?: string): void;
  /** Folder below `content/` for files too large for the snapshot; written by this plugin only. */
  readonly folder: string;
  /** Folder that survives between runs and may be deleted at any time. */
  readonly cache: string;
  /** The organisation's folder: relative paths of the options are below it. */
  readonly workingDirectory: string;
  readonly signal: AbortSignal;
}

export interface CollectResult<Data> {
  data: Data;
  /** States of this plugin's own sources (clusters, bills); left out, those of the repository sources are kept. */
  sources?: SourceState[];
}

export interface ModelContext<Options, Data> {
  readonly options: Options;
  /** Undefined when nothing was collected for this plugin yet. */
  readonly data: Data | undefined;
  readonly sources: readonly SourceState[];
  readonly plugins?: readonly AnyPlugin[] | undefined;
  /** Model of a plugin named in `after`; undefined when that plugin is switched off. */
  model<T>(plugin: string): T | undefined;
  /** Problems of every plugin. */
  readonly problems: readonly Problem[];
  /** Folder this plugin's `collect` wrote to. */
  readonly folder: string;
  /** Folder filled by `prepare`. */
  readonly cache: string;
  readonly href: (path: string) => string;
}

/** An Astro component, loaded when a page needs it. Its props are named at each slot. */
export type LazyComponent = () => Promise<{ default: unknown }>;

/** Props: `{ entity, model, portal }`. */
export interface EntityCard {
  id: string;
  title: string;
  area: 'main' | 'rail';
  /** Lower comes first; 100 is the middle. */
  order?: number;
  appliesTo(entity: Entity, portal: Portal): boolean;
  component: LazyComponent;
}

/** A page of its own below the entity's address. Props: `{ entity, model, portal }`. */
export interface EntityTab extends Omit<EntityCard, 'area' | 'id'> {
  /** Last part of the address, e.g. `kubernetes`. */
  path: string;
  /** Short text beside the title, e.g. a count. */
  badge?(entity: Entity, portal: Portal): { text: string; tone?: Tone } | undefined;
}

export interface PageItem {
  /** Values of the path's `[names]`; a `[...name]` may hold slashes or be undefined. */
  params: Record<string, string | undefined>;
  title: string;
  description?: string;
  /** Handed to the component as `item`. Small: thousands of them are in memory at once. */
  item: unknown;
  /** Changes exactly when something the page shows changes. */
  cacheKey?: string;
  breadcrumbs?: { title: string; href: string }[];
  /** The same in other forms, as `<link rel="alternate">`: Markdown, a feed. Paths are below the base. */
  alternates?: { type: string; title: string; path: string }[];
}

/** Props of the component: `{ item, model, portal }`. */
export interface PluginPage<Model> {
  /** Address below the base, e.g. `/teams/` or `/clusters/[name]/`. Lower-case, slash at the end. */
  path: string;
  title: string;
  description?: string;
  component: LazyComponent;
  /** `wide` pages use more of a large window, e.g. tables and graphs. */
  layout?: 'wide' | 'normal';
  /** The pages of a path with `[names]`. */
  items?(model: Model, portal: Portal): Iterable<PageItem>;
  /** What a page loads from other hosts, as directives for its policy, e.g. `img-src https://img.shields.io`. */
  policy?(item: unknown, model: Model): Iterable<string>;
}

export interface NavEntry {
  title: string;
  path: string;
  order: number;
}

/** Props: `{ model, portal }`. */
export interface HomeWidget {
  id: string;
  title: string;
  area: 'main' | 'side';
  order?: number;
  component: LazyComponent;
}

/** What runs once before the pages are built. */
export interface PrepareContext<Options, Data> extends Pick<
  ModelContext<Options, Data>,
  'options' | 'data' | 'folder' | 'cache'
> {
  /** What only shows when pages are made, e.g. a link to a heading that no page has. */
  report(problem: ProblemInput): void;
  log(line: string): void;
}

/** What `callboard check` hands to a plugin: one repository alone. */
export interface CheckContext<Options> {
  readonly options: Options;
  readonly repository: Repository;
  /** Undefined without a configuration. */
  readonly plugins?: readonly AnyPlugin[] | undefined;
  report(problem: ProblemInput): void;
}

export interface Plugin<Options = unknown, Data = unknown, Model = unknown> {
  /** Lower-case with hyphens: its folder, its snapshot, its part of the JSON API. */
  name: string;
  title: string;
  /** Plugins whose snapshot or model this one reads; they run first. */
  after?: readonly string[];
  /** Options in the configuration below `plugins.<name>`; strict. */
  options?: ZodType<Options>;
  snapshot?: {
    /** Raised when data written by an older version can no longer be read. */
    version: number;
    schema: ZodType<Data>;
    /** Names of the things collected; more than a fifth gone at once is held back until confirmed. */
    identities?(data: Data): Iterable<string>;
  };
  problems?: Readonly<Record<string, ProblemKind>>;
  /** What the feeds tell about when it comes, goes or changes between two runs. */
  watched?(data: Data): Iterable<Watched>;
  collect?: () => Promise<{
    default: (context: CollectContext<Options, Data>) => Promise<CollectResult<Data>>;
  }>;
  /** Makes in the cache what the pages read from there, e.g. HTML of Markdown. */
  prepare?: () => Promise<{ default(context: PrepareContext<Options, Data>): Promise<void> }>;
  model?: () => Promise<{ default: (context: ModelContext<Options, Data>) => Model }>;
  check?: () => Promise<{ default: (context: CheckContext<Options>) => Promise<void> }>;
  commands?: readonly PluginCommand[];
  /** Actions that steps of software templates may name. */
  templateActions?: readonly TemplateAction[];
  nav?: readonly NavEntry[];
  pages?: readonly PluginPage<Model>[];
  entityCards?: readonly EntityCard[];
  entityTabs?: readonly EntityTab[];
  entityFacts?(entity: Entity, model: Model, portal: Portal): Iterable<EntityFact>;
  /** What happened to an entity, e.g. releases: charts of other plugins mark it. */
  entityEvents?(entity: Entity, model: Model): Iterable<EntityEvent>;
  /** Title and address of an entity the plugin has a page for; the first plugin that knows it answers. */
  entityLink?(ref: string, model: Model): { title: string; path: string } | undefined;
  homeWidgets?: readonly HomeWidget[];
  topics?(model: Model, portal: Portal): Iterable<FeedTopic>;
  search?(model: Model, portal: Portal): Iterable<SearchRecord>;
  api?(model: Model, portal: Portal): Iterable<ApiFile>;
  /** Parts of `/llms.txt`. */
  guide?(model: Model, portal: Portal): Iterable<GuideSection>;
  /** Questions programs may ask of the built portal. They read its files: nothing else is there when they run. */
  tools?: () => Promise<{ default: readonly ReaderTool[] }>;
  /** Files with addresses of their own beside the pages: images, downloads, badges. */
  files?(model: Model, portal: Portal): Iterable<PortalFile>;
}

/** A plugin whose type parameters are of no matter to the reader. */
// oxlint-disable-next-line typescript/no-explicit-any -- a list of plugins holds every data and model type; each is checked where it is defined
export type AnyPlugin = Plugin<any, any, any>;

/** Everything the pages are built from. */
export interface Portal {
  readonly title: string;
  readonly plugins: readonly AnyPlugin[];
  readonly problems: readonly Problem[];
  readonly sources: readonly (SourceState & { plugin: string })[];
  /** Oldest `asOf` of all sources: everything shown is at least this recent. */
  readonly asOf: string;
  model<T>(plugin: string): T | undefined;
  /** Address with the base path in front. */
  href(path: string): string;
  entityLink(ref: string): { title: string; path: string } | undefined;
  kindOf(code: string): ProblemKind | undefined;
  cardsFor(entity: Entity, area: EntityCard['area']): (EntityCard & { plugin: string })[];
  tabsFor(entity: Entity): (EntityTab & { plugin: string })[];
  factsFor(entity: Entity): EntityFact[];
  eventsFor(entity: Entity): EntityEvent[];
}

/** Types a plugin; returns it unchanged. */
export function definePlugin<Options, Data, Model>(
  plugin: Plugin<Options, Data, Model>,
): Plugin<Options, Data, Model> {
  return plugin;
}
