// A number on the command line, such as --rate 100.
import { InvalidArgumentError } from 'commander';

/** Parses an option's value; refuses what is no whole number of `least` to `most`. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`Give a whole number of ${least} to ${most}.`);
    return value;
  };
