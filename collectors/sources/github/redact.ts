/** Takes secrets out of everything that is written. */
export class Redactor {
  private readonly secrets = new Set<string>();

  /** Remembers a secret; short texts are no secrets and would blank half of a message. */
  add(secret: string | undefined): void {
    for (const line of secret?.split('\n') ?? [])
      if (line.trim().length >= 8) this.secrets.add(line.trim());
  }

  text(text: string): string {
    let clean = text;
    for (const secret of this.secrets) clean = clean.replaceAll(secret, '[secret]');
    return clean
      .replaceAll(/\b(gh[pousr]_|github_pat_)\w+/g, '[secret]')
      .replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '[secret]')
      .replaceAll(/([?&]token=)[^&\s"']+/g, '$1[secret]');
  }
}
