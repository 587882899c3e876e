// Memory of typed arrays is outside V8's heap and goes with the object, which in the old generation may be long after its
// last use: on a thread that makes little garbage besides, a hundred megabytes gathered. So large ones are given back by hand.

/** Gives the memory of an array back at once; the array is empty from then on. */
export function freeMemory(array: ArrayBufferView<ArrayBuffer>): void {
  array.buffer.transfer(0);
}
