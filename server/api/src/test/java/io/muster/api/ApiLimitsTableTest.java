package io.muster.api;

import static io.muster.http.LimitsTable.bytes;
import static io.muster.http.LimitsTable.count;

import io.muster.access.AccessLimits;
import io.muster.http.LimitsTable;
import io.muster.jobs.JobLimits;
import io.muster.objects.ObjectStore;
import io.muster.references.ObjectId;
import io.muster.references.ReferenceLimits;
import io.muster.values.ValueLimits;
import io.muster.wire.WireLimits;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The limits of the resources, as `docs/protocol.md` tells them. Those of the node port are held by `raft-runtime`.
final class ApiLimitsTableTest {
    @Test
    void every_limit_stands_in_the_document_with_its_value() throws IOException {
        LimitsTable.assertHolds(List.of(
                count("event streams at one node", EventHub.MAX_LISTENERS, "429"),
                count("event streams of one key", EventHub.MAX_LISTENERS_PER_KEY, "429"),
                count("events that a stream can be behind", EventHub.RING_SIZE, "reset"),
                count("items on a page", WireLimits.MAX_PAGE_ITEMS, "400"),
                bytes("page of jobs", JobListing.MAX_PAGE_BYTES, "cursor"),
                count("jobs that one look of a page sees", JobLimits.MAX_LOOK, "cursor"),
                count("audits that wait for their lockfiles to be read", ParsingThreads.MAX_WAITING, "429"),
                bytes("object", ObjectId.MAX_BYTES, "413"),
                bytes("objects that one principal has named", ReferenceLimits.MAX_OWNER_BYTES, "429"),
                bytes("objects in total", ReferenceLimits.MAX_TOTAL_BYTES, "507"),
                count("objects", ReferenceLimits.MAX_OBJECTS, "507"),
                bytes("chunk of an upload", ObjectStore.MAX_CHUNK_BYTES, "413"),
                count("uploads and fetches at one node", ObjectStore.MAX_INCOMING, "429"),
                bytes("end of an output, in the log", ReferenceLimits.MAX_TAIL_BYTES, "cut"),
                bytes("ends of all outputs", ReferenceLimits.MAX_TAILS_BYTES, "oldest forgotten"),
                count("findings in one answer", AuditViews.MAX_FINDINGS, "notice"),
                bytes("results of one audit in one answer", AuditViews.MAX_RESULT_BYTES, "notice"),
                count("jobs in one submit", WireLimits.MAX_BATCH_JOBS, "422"),
                bytes("payload of a job", WireLimits.MAX_PAYLOAD_BYTES, "422"),
                bytes("result of a run", WireLimits.MAX_RESULT_BYTES, "attempt failed"),
                count("labels of a job or worker", WireLimits.MAX_LABELS, "422"),
                bytes("label", WireLimits.MAX_LABEL_BYTES, "422"),
                count("levels of nesting in JSON", WireLimits.MAX_NESTING, "400"),
                bytes("value", ValueLimits.MAX_VALUE_BYTES, "refused"),
                count("keys of the API", AccessLimits.MAX_KEYS, "429")));
    }
}
