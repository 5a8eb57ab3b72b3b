package io.muster.handlers;

import io.muster.catalog.AdvisoryDatabase;
import java.util.Map;
import java.util.function.Function;

/// The sets of advisories that a worker can match against. Safe for use by many threads.
public interface AdvisorySets {
    /// What a worker that has them says of itself, for audit jobs that require it.
    Map<String, String> labels();

    /// What `use` answers about the set of that digest, which is open meanwhile, and fetched first where it is not
    /// here.
    ///
    /// @param digest in hexadecimal, without `sha256:`
    /// @throws InterruptedException when the run was asked to stop
    <T> Answer<T> with(String digest, Function<AdvisoryDatabase, T> use) throws InterruptedException;

    /// What came of asking for a set.
    sealed interface Answer<T> {
        /// It is here, and that is what it says.
        record Of<T>(T value) implements Answer<T> {}

        /// It is not here, and why.
        record Missing<T>(String reason) implements Answer<T> {}
    }

    /// One set that is here already, and no other.
    static AdvisorySets of(AdvisoryDatabase database) {
        return new OneSet(database);
    }

    /// The digest of a set as audits name it.
    static String bare(String digest) {
        return digest.substring(digest.indexOf(':') + 1);
    }
}
