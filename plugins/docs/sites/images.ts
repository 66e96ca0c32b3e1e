/** Width and height of a picture from its first bytes, so that pages do not jump while it loads. */
export function imageSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = png(view) ?? gif(view) ?? jpeg(view) ?? webp(view) ?? svg(bytes);
  return size && size.width > 0 && size.height > 0 && size.width < 50_000 ? size : undefined;
}

type Size = { width: number; height: number };

function png(view: DataView): Size | undefined {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89_50_4e_47) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(view: DataView): Size | undefined {
  if (view.byteLength < 10 || view.getUint32(0) !== 0x47_49_46_38) return undefined;
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** Frames that carry the size of a JPEG. */
const frames = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
]);

function jpeg(view: DataView): Size | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xff_d8) return undefined;
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (frames.has(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function webp(view: DataView): Size | undefined {
  if (view.byteLength < 30 || view.getUint32(8) !== 0x57_45_42_50) return undefined;
  const kind = view.getUint32(12);
  if (kind === 0x56_50_38_58) {
    return {
      width: (view.getUint32(24, true) & 0xff_ff_ff) + 1,
      height: (view.getUint32(26, true) >>> 8) + 1,
    };
  }
  if (kind !== 0x56_50_38_20) return undefined;
  return { width: view.getUint16(26, true) & 0x3f_ff, height: view.getUint16(28, true) & 0x3f_ff };
}

function svg(bytes: Uint8Array): Size | undefined {
  const tag = /<svg[^>]*>/u.exec(new TextDecoder().decode(bytes.subarray(0, 2_000)))?.[0];
  if (!tag) return undefined;
  const width = /\swidth=["']([\d.]+)(?:px)?["']/u.exec(tag)?.[1];
  const height = /\sheight=["']([\d.]+)(?:px)?["']/u.exec(tag)?.[1];
  if (width && height) return { width: Math.round(+width), height: Math.round(+height) };
  const box = /\sviewBox=["'][\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)/u.exec(tag);
  return box ? { width: Math.round(+box[1]!), height: Math.round(+box[2]!) } : undefined;
}
