export interface Token {
  kind: 'comment' | 'string' | 'number' | 'keyword' | 'plain';
  text: string;
  /** Offset in the text. */
  at: number;
}

const maxLength = 200_000;
const hashComments =
  /\.(ya?ml|py|sh|rb|tf|toml|ini|cfg|properties|mk)$|(^|\/)(Makefile|Dockerfile|CODEOWNERS|\.\w+ignore)$/;
const words = String.raw`\b(?:import|export|from|const|let|var|function|return|if|else|for|while|class|def|package|func|type|struct|interface|new|await|async|true|false|null|None|True|False|nil|public|private|static|final|void|resource|variable|output|module|provider|terraform)\b`;

/** Colours for the eye: comments, strings, numbers and common words. Not a parser of any language. */
export function tokensOf(path: string, text: string): Token[] {
  if (text.length > maxLength || /\.(md|txt|csv|svg)$/.test(path))
    return [{ kind: 'plain', text, at: 0 }];
  const comment = hashComments.test(path) ? '#[^\n]*' : String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;
  const token = new RegExp(
    String.raw`(${comment})|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\b(\d[\d_.]*)\b|(${words})`,
    'g',
  );
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > at) tokens.push({ kind: 'plain', text: text.slice(at, match.index), at });
    tokens.push({ kind: kindOf(match), text: match[0], at: match.index });
    at = match.index + match[0].length;
  }
  if (at < text.length) tokens.push({ kind: 'plain', text: text.slice(at), at });
  return tokens;
}

function kindOf(match: RegExpExecArray): Token['kind'] {
  if (match[1] !== undefined) return 'comment';
  if (match[2] !== undefined) return 'string';
  return match[3] === undefined ? 'keyword' : 'number';
}
