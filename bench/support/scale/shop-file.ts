// What a filled data folder holds, noted beside the engines' files once it is filled.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface ShopSize {
  readonly people: number;
  readonly events: number;
}

const fileOf = (folder: string): string => path.join(folder, 'shop.json');

/** Null while the folder has not been filled to the end. */
export const readShopSize = (folder: string): ShopSize | null =>
  existsSync(fileOf(folder)) ? (JSON.parse(readFileSync(fileOf(folder), 'utf8')) as ShopSize) : null;

export const noteShopSize = (folder: string, size: ShopSize): void =>
  writeFileSync(fileOf(folder), JSON.stringify(size));
