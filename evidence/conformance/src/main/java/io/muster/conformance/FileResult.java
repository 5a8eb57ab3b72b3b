package io.muster.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What became of one file's cases.
///
/// @param passed how many did as the file says
/// @param failures those that did not, in the file's order
/// @param notRun how many this version does not know how to run
record FileResult(int passed, List<Failure> failures, int notRun) {

    /// Whether a case that fails fails the whole run.
    enum Weight {
        REQUIRED,
        RECOMMENDED
    }

    /// One case that did not do as its file says.
    ///
    /// @param what the case, what was expected and what came
    record Failure(Weight weight, String what) {}

    FileResult {
        failures = List.copyOf(failures);
    }

    /// A file that could not be run at all.
    static FileResult unreadable(String reason) {
        return new FileResult(0, List.of(new Failure(Weight.REQUIRED, reason)), 0);
    }

    int failed() {
        return count(Weight.REQUIRED);
    }

    int noted() {
        return count(Weight.RECOMMENDED);
    }

    private int count(Weight weight) {
        return (int)
                failures.stream().filter(failure -> failure.weight() == weight).count();
    }

    /// Gathers the outcomes of a file's cases one by one.
    static final class Counts {

        private final List<Failure> failures = new ArrayList<>();
        private int passed;
        private int notRun;

        void pass() {
            passed++;
        }

        /// Counts a case by whether it did as its file says.
        ///
        /// @param failure what is said of it if it did not
        void count(boolean holds, Weight weight, Supplier<String> failure) {
            if (holds) {
                pass();
            } else {
                fail(weight, failure.get());
            }
        }

        void fail(Weight weight, String what) {
            failures.add(new Failure(weight, what));
        }

        void skip() {
            notRun++;
        }

        FileResult result() {
            return new FileResult(passed, failures, notRun);
        }
    }
}
