package io.muster.catalog;

/// A key and the offset of what is found under it, a record or an entry of one; rows sort by key, then by offset.
record IndexRow(long key, long offset) implements Comparable<IndexRow> {

    /// Its size in a table, in bytes.
    static final int SIZE = 2 * Long.BYTES;

    @Override
    public int compareTo(IndexRow other) {
        int byKey = Long.compare(key, other.key);
        return byKey != 0 ? byKey : Long.compare(offset, other.offset);
    }
}
