package io.muster.catalog;

import java.io.IOException;
import java.util.List;

/// There is no advisory where some were looked for.
public final class NoAdvisoriesException extends IOException {
    private static final long serialVersionUID = 1L;

    NoAdvisoriesException(List<ImportProblem> problems) {
        super("there is no advisory in it" + (problems.isEmpty() ? "" : "; passed over " + problems.getFirst()));
    }
}
