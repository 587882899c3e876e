// Where files of ranges go: a folder or a bucket. Both take whole objects under a path, and know whether one is there.

export interface ObjectStore {
  /** Whether an object is there, whole. */
  has(path: string): Promise<boolean>;
  /**
   * Stores an object; readers see all of it or nothing, also after a crash. Replaces what is there. Both methods reject
   * with SendFailure when the store cannot do its work.
   */
  put(path: string, content: Uint8Array, contentType: string): Promise<void>;
}
