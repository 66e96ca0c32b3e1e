import type { ZodType } from 'zod';

/** The built portal as a program reads it, from a folder or over the network. */
export interface PortalReader {
  readonly title: string;
  /** Parsed JSON of a file, by its path below the base; undefined where there is none. */
  json<T>(path: string): Promise<T | undefined>;
  text(path: string): Promise<string | undefined>;
  bytes(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Address people can open of a path below the base. */
  link(path: string): string;
}

/** A question a program may ask of the built portal, e.g. over `callboard mcp`. Reads only. */
export interface ReaderTool {
  /** Lower-case with underscores, e.g. `who_owns`. */
  name: string;
  title: string;
  /** What it answers and when to use it, for a language model. */
  description: string;
  /** Every field says what it takes. */
  input: ZodType;
  /** A small answer, with links. Throws a ToolError for a question it cannot answer. */
  run(input: unknown, portal: PortalReader): Promise<object>;
}

/** A question that cannot be answered, said so that the asker can ask a better one. */
export class ToolError extends Error {}

/** Types a tool: what it is asked is parsed before it runs. */
export function defineTool<Input>(
  tool: Omit<ReaderTool, 'input' | 'run'> & {
    input: ZodType<Input>;
    run(input: Input, portal: PortalReader): Promise<object>;
  },
): ReaderTool {
  const { name, title, description, input } = tool;
  return {
    name,
    title,
    description,
    input,
    run: (asked, portal) => tool.run(input.parse(asked), portal),
  };
}
