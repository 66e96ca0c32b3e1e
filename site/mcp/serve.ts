import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { CallboardError } from '../../collectors/callboard-error.ts';
import { ToolError } from '../../plugins/reader-tool.ts';
import type { AnyPlugin, PortalReader, ReaderTool } from '../../plugins/types.ts';
import { searchTool } from './search-tool.ts';

/** Longest answer; what does not fit has to be asked for in parts. */
const mostCharacters = 24_000;

/** Answers a program's questions about the portal on stdin and stdout (Model Context Protocol), until they close. */
export async function servePortalTools(
  portal: PortalReader,
  plugins: readonly AnyPlugin[],
  version: string,
): Promise<void> {
  const tools = [searchTool, ...(await toolsOf(plugins))];
  await new Promise<void>((resolve) => {
    process.stdin.once('close', resolve);
    serveStdio(() => serverOf(portal, tools, version));
  });
}

/** What the plugins answer. */
async function toolsOf(plugins: readonly AnyPlugin[]): Promise<ReaderTool[]> {
  const modules = await Promise.all(plugins.map((plugin) => plugin.tools?.()));
  return modules.flatMap((module) => module?.default ?? []);
}

function serverOf(portal: PortalReader, tools: readonly ReaderTool[], version: string): McpServer {
  const server = new McpServer(
    { name: 'callboard', title: portal.title, version },
    {
      instructions: `${portal.title} is a developer portal: who owns what, how it is doing, where its documentation is. Read only. Every answer has links; give them to people.`,
    },
  );
  for (const tool of tools) {
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema: tool.input,
        annotations: { readOnlyHint: true, openWorldHint: false },
      },
      (input: unknown) => answer(tool, input, portal),
    );
  }
  return server;
}

interface Answer {
  [key: string]: unknown;
  content: { type: 'text'; text: string }[];
  isError?: boolean;
}

async function answer(tool: ReaderTool, input: unknown, portal: PortalReader): Promise<Answer> {
  try {
    const text = JSON.stringify(await tool.run(input, portal));
    if (text.length <= mostCharacters) return { content: [{ type: 'text', text }] };
    return failure(
      `The answer has ${text.length} characters, and ${mostCharacters} are the most. Ask for less: a lower limit, or a narrower filter.`,
    );
  } catch (error) {
    if (error instanceof ToolError) return failure(error.message);
    if (error instanceof CallboardError) return failure(`${error.message} ${error.hint ?? ''}`);
    throw error;
  }
}

function failure(text: string): Answer {
  return { content: [{ type: 'text', text }], isError: true };
}
