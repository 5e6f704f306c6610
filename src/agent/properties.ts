import type { Bytes } from '../bytes.js';
import type { Files, OpenFile } from '../files.js';
import type { FileProperty, Property } from './protocol.js';

export function setProperty(files: Files, path: Bytes, property: Property): void {
  switch (property.name) {
    case 'mode':
      return files.setMode(path, property.mode);
    case 'owner':
      return files.setOwner(path, property.uid, property.gid);
    case 'mtime':
      return files.setTimes(path, { mtime: property.time });
    case 'atime':
      return files.setTimes(path, { atime: property.time });
    case 'attribute':
      return files.setAttribute(
        path,
        property.attribute,
        Buffer.from(property.value, 'latin1'),
        property.how,
      );
    case 'no-attribute':
      return files.removeAttribute(path, property.attribute);
  }
}

export function setFileProperty(file: OpenFile, property: FileProperty): void {
  switch (property.name) {
    case 'mode':
      return file.setMode(property.mode);
    case 'owner':
      return file.setOwner(property.uid, property.gid);
    case 'mtime':
      return file.setTimes({ mtime: property.time });
    case 'atime':
      return file.setTimes({ atime: property.time });
  }
}
