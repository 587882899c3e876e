import { describe, expect, it } from 'vitest';
import { closeInTurn } from './close-in-turn.ts';

/** Notes its name in `closed` when it is closed, then fails if it is to. */
const part = (closed: string[], name: string, fault?: Error) => async (): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
  closed.push(name);
  if (fault) throw fault;
};

describe('closing in turn', () => {
  it('closes each when the one before has closed', async () => {
    const closed: string[] = [];
    await closeInTurn([part(closed, 'a'), () => void closed.push('b'), part(closed, 'c')]);
    expect(closed).toEqual(['a', 'b', 'c']);
  });

  it('closes the rest when one fails, and then tells', async () => {
    const closed: string[] = [];
    const fault = new Error('The disk is gone.');
    const failing = part(closed, 'a', fault);
    await expect(closeInTurn([failing, part(closed, 'b'), failing])).rejects.toBe(fault);
    expect(closed).toEqual(['a', 'b', 'a']);
  });

  it('tells of everything that failed', async () => {
    const faults = [new Error('One.'), new Error('Two.')] as const;
    const failed = closeInTurn([part([], 'a', faults[0]), part([], 'b', faults[1])]);
    await expect(failed).rejects.toMatchObject({ message: 'Error: One. Error: Two.', errors: faults });
  });
});
