import { xmlResponse, type Operation } from '../context.ts';
import { checkTags } from '../tags.ts';
import { children, childText, document, element, malformedXml, parseXml } from '../xml.ts';
import { existing } from './getObject.ts';

export const getObjectTagging: Operation = async (context) => {
  const { tags = {} } = await existing(context);
  const set = Object.entries(tags).map(([key, value]) => element('Tag', [element('Key', key), element('Value', value)]));
  return xmlResponse(document('Tagging', [element('TagSet', set)]));
};

export const putObjectTagging: Operation = async (context) => {
  await existing(context);
  const [set] = children(parseXml(await context.payload.text(), 'Tagging'), 'TagSet');
  if (!set) throw malformedXml();
  const tags = checkTags(
    children(set, 'Tag').map((tag) => {
      const [key, value] = [childText(tag, 'Key'), childText(tag, 'Value')];
      if (key === undefined || value === undefined) throw malformedXml();
      return [key, value];
    }),
  );
  await context.store.update(context.bucket, context.key, (record) => ({ ...record, tags }));
  return { status: 200 };
};

export const deleteObjectTagging: Operation = async (context) => {
  await existing(context);
  await context.store.update(context.bucket, context.key, ({ tags: _, ...record }) => record);
  return { status: 204 };
};
