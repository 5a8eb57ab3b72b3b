package io.muster.advisories;

import java.util.List;

/// Where the rest of an entry's record is, read only when the record matches or may list the version.
///
/// Entries of one record share one source, by which they know each other. Safe for many threads.
public interface RecordSource {

    /// What findings tell of the record.
    AdvisorySummary summary();

    /// The versions that the record lists for the package at `place` among those it affects.
    List<String> versions(int place);

    /// A source that has the record at hand.
    static RecordSource of(Advisory advisory) {
        var summary = AdvisorySummary.of(advisory);
        return new RecordSource() {
            @Override
            public AdvisorySummary summary() {
                return summary;
            }

            @Override
            public List<String> versions(int place) {
                return advisory.affected().get(place).versions();
            }
        };
    }
}
