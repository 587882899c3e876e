import { assert, array, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { GroupText } from './group-text.ts';

it('holds the bodies one after another as UTF-8, however it has to grow, and says where each ends', () => {
  assert(
    property(array(string({ unit: 'grapheme', maxLength: 400 })), (bodies) => {
      const text = new GroupText(new ArrayBuffer(8));
      const ends = bodies.map((body) => text.add(body));
      expect(Buffer.from(text.content).toString()).toBe(bodies.join(''));
      expect(ends.map((end, at) => Buffer.from(text.content.subarray(ends[at - 1] ?? 0, end)).toString())).toEqual(
        bodies,
      );
    }),
  );
});

it('leaves nothing of an earlier group in what it is, whose memory it takes over', () => {
  const earlier = new GroupText();
  earlier.add('x'.repeat(20_000));
  const memory = earlier.content.buffer;
  const text = new GroupText(memory);
  text.add('ü');
  expect(text.content.buffer).toBe(memory);
  expect([...text.content]).toEqual([0xc3, 0xbc]);
});
