/** An SVG text as PNG of twice its size, so that it stays sharp in print. */
export async function svgToPng(svg: string, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(width * 2, height * 2);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('the picture could not be drawn');
    context.drawImage(image, 0, 0, width * 2, height * 2);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}
