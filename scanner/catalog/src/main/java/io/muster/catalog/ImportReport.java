package io.muster.catalog;

import java.util.List;

/// What an import did.
///
/// @param records how many records the snapshot holds
/// @param documents how many documents were found; more than records where several had the same id
/// @param unchanged how many documents were taken over unread because the snapshot before had read them already
/// @param problems what was found and could not be taken in, at most [ImportProblem#MAX_KEPT] and a count of the rest
public record ImportReport(
        DatabaseSnapshot snapshot, int records, long documents, long unchanged, List<ImportProblem> problems) {

    public ImportReport {
        problems = List.copyOf(problems);
    }
}
