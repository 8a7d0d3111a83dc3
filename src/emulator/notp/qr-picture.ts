/**
 * A QR code as a PNG.
 *
 * `qrcode` makes the matrix. It can write a PNG only in Node (by zlib) or in a page (by a canvas), while the
 * emulator also runs in workers. Its SVG is no alternative: Descope's component shows the picture by
 * `data:image/jpg;base64,`, and browsers detect a PNG under that type, but not an SVG.
 */

import { create } from 'qrcode/lib/core/qrcode.js'

/** The width of the margin, in modules (ISO/IEC 18004). */
const QUIET_ZONE = 4
/** The width of a module, in pixels. */
const SCALE = 8

export function qrPicture(text: string): Promise<Uint8Array> {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const width = (modules.size + 2 * QUIET_ZONE) * SCALE
  const moduleAt = (pixel: number) => Math.floor(pixel / SCALE) - QUIET_ZONE
  const isInside = (module: number) => module >= 0 && module < modules.size
  return png(width, (x, y) => {
    const [column, row] = [moduleAt(x), moduleAt(y)]
    return isInside(column) && isInside(row) && modules.get(row, column) === 1
  })
}

/** A square PNG with one bit per pixel. See: https://www.w3.org/TR/png-3/ */
async function png(width: number, isBlack: (x: number, y: number) => boolean): Promise<Uint8Array> {
  // Each line begins with its filter type, 0: none.
  const lineLength = 1 + Math.ceil(width / 8)
  const lines = new Uint8Array(lineLength * width)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++)
      if (!isBlack(x, y)) lines[y * lineLength + 1 + (x >> 3)]! |= 0x80 >> (x & 7)

  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, width)
  header[8] = 1 // bit depth; then zeros: greyscale, deflate, filter per line, no interlace
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', await deflate(lines)),
    chunk('IEND', new Uint8Array()),
  ])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const content = joined([new TextEncoder().encode(type), data])
  return joined([uint32(data.length), content, uint32(crc32(content))])
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { readable, writable } = new CompressionStream('deflate')
  const writer = writable.getWriter()
  const written = writer.write(bytes).then(() => writer.close())
  const parts: Uint8Array[] = []
  const reader = readable.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value)
  await written
  return joined(parts)
}

/** The checksum of a chunk (CRC-32). */
function crc32(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

const joined = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap(part => [...part]))
