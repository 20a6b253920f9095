/** A file name that every system takes, from a reference: `kaibo-hello-1.0.0.svg`. */
export function fileName(reference: string, extension: string): string {
  const last = reference.split('@')[0] ?? '';
  const bare = last
    .slice(Math.max(last.lastIndexOf('/'), last.lastIndexOf('\\')) + 1)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80);
  return `kaibo-${bare || 'image'}.${extension}`;
}
