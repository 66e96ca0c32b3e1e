export interface Written {
  path: string;
  text?: string;
  /** Makes it a link. */
  link?: string;
  type?: string;
}

/** A tar archive with whatever names are asked for, which git would never write. */
export function tarOf(files: readonly Written[]): Buffer {
  const blocks = files.flatMap(({ path, text = '', link, type }) => {
    const body = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(path, 0, 100);
    header.write('0000644\0', 100);
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(type ?? (link === undefined ? '0' : '2'), 156);
    header.write(link ?? '', 157, 100);
    header.write('ustar\0', 257);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
