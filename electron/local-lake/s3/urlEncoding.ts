/** How S3 writes keys where encoding-type=url is asked for: a form encoding that leaves `/` and `*` as they are. */
export const encodeKey = (key: string) =>
  encodeURIComponent(key)
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/');
