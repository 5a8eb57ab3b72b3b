package io.muster.handlers;

import io.muster.audits.AuditPayload;
import io.muster.catalog.AdvisoryDatabase;
import java.util.Map;
import java.util.function.Function;

/// One set that somebody has given to a worker.
record OneSet(AdvisoryDatabase database) implements AdvisorySets {
    @Override
    public Map<String, String> labels() {
        return Map.of(AuditPayload.DATABASE_LABEL, AuditPayload.label(digest()));
    }

    @Override
    public <T> Answer<T> with(String wanted, Function<AdvisoryDatabase, T> use) {
        return wanted.equals(digest())
                ? new Answer.Of<>(use.apply(database))
                : new Answer.Missing<>(
                        "this worker has " + digest() + " loaded; load the wanted one, or audit anew with this one");
    }

    private String digest() {
        return AdvisorySets.bare(database.digest());
    }
}
