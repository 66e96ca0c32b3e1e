/** Answers of the stand-in, and what it is asked. */
import type { IncomingMessage } from 'node:http';

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export function ok(body: unknown, status = 200): Answer {
  return { status, body };
}

export function refused(status: number, message: string, detail?: string): Answer {
  return { status, body: { message, ...(detail && { errors: [{ message: detail }] }) } };
}

export async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
