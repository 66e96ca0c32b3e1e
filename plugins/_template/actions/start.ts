import type { TemplateActionContext } from '../../types.ts';
import type { ChangelogsOptions } from '../schema.ts';

/** `changelogs:start`: a changelog whose first entry says what the new repository starts with. */
export default function startChangelog({
  input,
  workspace,
  options,
  output,
  log,
}: TemplateActionContext): void {
  const { file } = options as ChangelogsOptions;
  const version = String(input['version'] ?? '0.1.0');
  if (workspace.has(file)) throw new Error(`${file} is there already, expected none to start`);
  workspace.write(file, `# Changes\n\n## ${version}\n\n- ${String(input['text'])}\n`);
  log(`Started ${file} at ${version}`);
  output('version', version);
}
