package io.muster.advisories;

import java.util.List;

/// Where the rest of a candidate's record is, read only when the record matches or may list the version.
///
/// Candidates of one record share one source, by which they know each other. Safe for many threads.
public interface RecordSource {

    /// What findings tell of the record.
    Brief brief();

    /// The versions that the record lists for the package at `place` among those it affects.
    List<String> versions(int place);

    /// A source that has the record at hand.
    static RecordSource of(Advisory advisory) {
        var brief = Brief.of(advisory);
        return new RecordSource() {
            @Override
            public Brief brief() {
                return brief;
            }

            @Override
            public List<String> versions(int place) {
                return advisory.affected().get(place).versions();
            }
        };
    }
}
