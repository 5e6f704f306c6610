export function readDescription(file: string): string {
  return file;
}
