/** What a media type means for the explanation; the names are the catalogue's (`media-NAME`). */
const FILE_SYSTEM_LAYER =
  /^application\/vnd\.(?:oci\.image\.layer\.|docker\.image\.rootfs\.|oci\.image\.serialization\.rootfs|erofs\.layer)/;
const IMAGE_CONFIGS = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);

export const EMPTY_CONFIG = 'application/vnd.oci.empty.v1+json';
export const STATEMENT = 'application/vnd.in-toto+json';

/** An empty tar, as older Docker (gzip) and BuildKit (gzip of 1,024 zero bytes) pack it. */
const EMPTY_LAYERS = new Set([
  'sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4',
  'sha256:4f4fb700ef54461cfa02571ae0db9a0dc1e0cdb5577484a6d75e68dc38e8acc1',
]);

export function isFileSystemLayer(mediaType: string | undefined): boolean {
  return mediaType !== undefined && FILE_SYSTEM_LAYER.test(mediaType);
}

export function isImageConfig(mediaType: string | undefined): boolean {
  return mediaType !== undefined && IMAGE_CONFIGS.has(mediaType);
}

export function isDockerForm(mediaType: string | undefined): boolean {
  return mediaType?.startsWith('application/vnd.docker.distribution.manifest.') === true;
}

export function isZstd(mediaType: string | undefined): boolean {
  return mediaType !== undefined && /[+.]zstd(?:$|\+)/.test(mediaType);
}

export function isEncrypted(mediaType: string | undefined): boolean {
  return mediaType?.endsWith('+encrypted') === true;
}

export function isEmptyLayer(digest: string | undefined): boolean {
  return digest !== undefined && EMPTY_LAYERS.has(digest);
}
