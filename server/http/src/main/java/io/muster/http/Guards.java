package io.muster.http;

import io.javalin.http.Context;
import java.util.Set;
import java.util.TreeSet;

/// What guards a [Route] beside the key: the columns of the table of routes.
///
/// @param admission against which limits it counts
/// @param fullDisk what becomes of it while the leader's disk is nearly full
/// @param repetition whether it may be made again while nobody knows what became of it
/// @param errors in which shape a refusal is written
/// @param origins whose pages may ask
/// @param query the query parameters that it knows
public record Guards(
        Admitted admission,
        FullDisk fullDisk,
        Repetition repetition,
        ErrorShape errors,
        Origins origins,
        QueryParameters query) {
    /// Those of a question: it brings nothing, and asking again is harmless.
    static final Guards OF_QUESTIONS = new Guards(
            Admitted.AS_REQUEST,
            FullDisk.ANSWERED,
            Repetition.HARMLESS,
            ErrorShape.PROBLEM,
            Origins.OWN_PAGES,
            QueryParameters.NONE);

    /// Those of a write: the ledger knows it again by its Idempotency-Key.
    static final Guards OF_WRITES = new Guards(
            Admitted.AS_REQUEST,
            FullDisk.ANSWERED,
            Repetition.WITH_KEY,
            ErrorShape.PROBLEM,
            Origins.OWN_PAGES,
            QueryParameters.NONE);

    /// The same, but for against which limits it counts.
    public Guards with(Admitted other) {
        return new Guards(other, fullDisk, repetition, errors, origins, query);
    }

    /// The same, but for what becomes of it while the disk is nearly full.
    public Guards with(FullDisk other) {
        return new Guards(admission, other, repetition, errors, origins, query);
    }

    /// The same, but for whether it may be made again.
    public Guards with(Repetition other) {
        return new Guards(admission, fullDisk, other, errors, origins, query);
    }

    /// The same, but for the shape of a refusal.
    public Guards with(ErrorShape other) {
        return new Guards(admission, fullDisk, repetition, other, origins, query);
    }

    /// The same, but for whose pages may ask.
    public Guards with(Origins other) {
        return new Guards(admission, fullDisk, repetition, errors, other, query);
    }

    /// The same, but for the query parameters.
    Guards with(QueryParameters other) {
        return new Guards(admission, fullDisk, repetition, errors, origins, other);
    }

    /// Against which limits a request counts.
    public enum Admitted {
        /// The requests of everybody.
        AS_REQUEST,

        /// The exchanges of workers, which nobody else crowds out.
        AS_WORK,

        /// Its own: it stays for hours, and is counted by what answers it.
        BY_ITS_OWN_LIMITS
    }

    /// What becomes of a request while the leader's disk is nearly full.
    public enum FullDisk {
        /// It brings work or data that was not there before: the first that a leader refuses.
        REFUSED,

        /// It reads, ends or takes away, and goes on.
        ANSWERED
    }

    /// The shape in which a refusal is written.
    @FunctionalInterface
    public interface ErrorShape {
        /// A problem document (RFC 9457).
        ErrorShape PROBLEM = ProblemResponses::write;

        /// Writes `refusal` as the answer.
        void write(Context ctx, Refusal refusal);
    }

    /// Whose pages may ask.
    public enum Origins {
        /// This node's own.
        OWN_PAGES,

        /// Those of the other nodes of this cluster too: it needs no key and tells nothing of the work.
        PAGES_OF_FELLOWS
    }

    /// The query parameters that a route knows.
    ///
    /// @param names all of them
    /// @param repeatable those that narrow further each time they are given
    public record QueryParameters(Set<String> names, Set<String> repeatable) {
        static final QueryParameters NONE = new QueryParameters(Set.of(), Set.of());

        /// Copies both.
        public QueryParameters {
            names = Set.copyOf(names);
            repeatable = Set.copyOf(repeatable);
        }

        QueryParameters with(String... more) {
            return new QueryParameters(joined(names, more), repeatable);
        }

        QueryParameters withOften(String name) {
            return new QueryParameters(joined(names, name), joined(repeatable, name));
        }

        private static Set<String> joined(Set<String> some, String... more) {
            var all = new TreeSet<>(some);
            all.addAll(Set.of(more));
            return all;
        }
    }
}
