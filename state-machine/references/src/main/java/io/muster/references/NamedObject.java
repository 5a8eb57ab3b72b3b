package io.muster.references;

/// An object that the log names, or named until shortly.
///
/// @param id it
/// @param owner who named it first
/// @param references how many outputs and sets name it
/// @param freeSinceMicros elapsed log time since which none does; 0 while one does
public record NamedObject(ObjectId id, String owner, int references, long freeSinceMicros) {
    NamedObject referred() {
        return new NamedObject(id, owner, references + 1, 0);
    }

    NamedObject released(long elapsedMicros) {
        return new NamedObject(id, owner, references - 1, references == 1 ? elapsedMicros : 0);
    }
}
