import { expect, it } from 'vitest';
import { parseRange } from '../../../../electron/local-lake/s3/range.ts';
import { encodeKey } from '../../../../electron/local-lake/s3/urlEncoding.ts';
import { children, childText, document, element, parseXml } from '../../../../electron/local-lake/s3/xml.ts';
import { addressOf } from '../../../../electron/local-lake/s3/route.ts';

const names = (xml: string) => children(parseXml(xml, 'Delete'), 'Object').map((o) => childText(o, 'Key'));

it('writes any text into XML and reads it back', () => {
  const texts = ['plain', '<a>&amp;</a>', '"\'', ' lead and trail ', '\r\n\t', '\u0001\u001f', '\u00e9\u{1f600}', '__proto__', '&#x41;', ']]>'];
  expect(names(document('Delete', texts.map((key) => element('Object', [element('Key', key)]))))).toEqual(texts);
});

it('reads CDATA and every kind of reference', () => {
  expect(names('<Delete><Object><Key><![CDATA[a<&amp;]]></Key></Object><Object><Key>&#65;&#x42;&apos;&#128512;</Key></Object></Delete>')).toEqual(['a<&amp;', "AB'\u{1f600}"]);
});

it('refuses what is not well-formed, of another root, or opens the door to entity attacks', () => {
  const bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Delete><Object><Key>&b;</Key></Object></Delete>';
  for (const xml of ['', 'text', '<Delete>', '<Delete><Object></Delete>', '<Other/>', bomb, '<Delete><Object><Key>&#x110000;</Key></Object></Delete>', '{"a":1}']) {
    expect(() => parseXml(xml, 'Delete'), xml).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
  }
  const deep = `${'<Delete>'.repeat(5000)}${'</Delete>'.repeat(5000)}`;
  expect(() => parseXml(deep, 'Delete')).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
});

it('encodes keys as S3 does for encoding-type=url', () => {
  expect(encodeKey('a b/c+d*~(é)\n')).toBe('a+b/c%2Bd*%7E%28%C3%A9%29%0A');
});

it('reads a range or ignores it', () => {
  expect(parseRange('bytes=0-4', 10)).toEqual({ first: 0, last: 4 });
  expect(parseRange('bytes=4-', 10)).toEqual({ first: 4, last: 9 });
  expect(parseRange('bytes=-4', 10)).toEqual({ first: 6, last: 9 });
  for (const ignored of [undefined, '', 'bytes=', 'bytes=-', 'bytes=a-b', 'bytes=5-2', 'bytes=0-1,2-3', 'chars=0-1']) expect(parseRange(ignored, 10)).toBeUndefined();
});

it('finds bucket and key in the path or in the host, never resolving dots or slashes', () => {
  const at = (rawPath: string, hostname = '127.0.0.1') => addressOf({ method: 'GET', rawPath, query: [], headers: new Map(), hostname });
  expect(at('/')).toEqual({ bucket: '', key: '' });
  expect(at('/b')).toEqual({ bucket: 'b', key: '' });
  expect(at('/b/')).toEqual({ bucket: 'b', key: '' });
  expect(at('/b//x')).toEqual({ bucket: 'b', key: '/x' });
  expect(at('/b/../x/./%2E%2E%2Fy')).toEqual({ bucket: 'b', key: '../x/./../y' });
  expect(at('/k/ey', 'b.localhost')).toEqual({ bucket: 'b', key: 'k/ey' });
  expect(at('/k', 'b.with.dots.s3.localhost')).toEqual({ bucket: 'b.with.dots', key: 'k' });
  expect(at('/b/k', 'localhost')).toEqual({ bucket: 'b', key: 'k' });
  expect(at('/b/k', 's3.localhost')).toEqual({ bucket: 'b', key: 'k' });
  expect(() => at('/b/%ff')).toThrow(expect.objectContaining({ code: 'InvalidURI' }));
});
