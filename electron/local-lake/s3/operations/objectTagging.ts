import { xmlResponse, type Operation } from '../context.ts';
import { assertVersion, existing, versionHeaders, wantedVersion } from '../objectVersion.ts';
import { checkTags } from '../tags.ts';
import { children, childText, document, element, malformedXml, parseXml } from '../xml.ts';

export const getObjectTagging: Operation = async (context) => {
  const record = await existing(context);
  const set = Object.entries(record.tags ?? {}).map(([key, value]) => element('Tag', [element('Key', key), element('Value', value)]));
  return xmlResponse(document('Tagging', [element('TagSet', set)]), versionHeaders(context, record));
};

export const putObjectTagging: Operation = async (context) => {
  const { store, bucket, key, payload } = context;
  await existing(context);
  const [set] = children(parseXml(await payload.text(), 'Tagging'), 'TagSet');
  if (!set) throw malformedXml();
  const tags = checkTags(
    children(set, 'Tag').map((tag) => {
      const [name, value] = [childText(tag, 'Key'), childText(tag, 'Value')];
      if (name === undefined || value === undefined) throw malformedXml();
      return [name, value];
    }),
  );
  const changed = await store.update(bucket, key, wantedVersion(context), (record) => ({ ...assertVersion(context, record), tags }));
  return { status: 200, headers: versionHeaders(context, changed) };
};

export const deleteObjectTagging: Operation = async (context) => {
  const { store, bucket, key } = context;
  const changed = await store.update(bucket, key, wantedVersion(context), (record) => {
    const { tags: _, ...rest } = assertVersion(context, record);
    return rest;
  });
  return { status: 204, headers: versionHeaders(context, changed) };
};
