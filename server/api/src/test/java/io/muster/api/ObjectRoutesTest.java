package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.UploadDocument;
import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import io.muster.http.Client;
import io.muster.objects.ObjectStore;
import io.muster.references.ObjectId;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Objects over HTTP: what is refused, and with what.
final class ObjectRoutesTest {
    private static final String TEXT = "what is too large for the log";
    private static final String DIGEST =
            HexFormat.of().formatHex(Sha256.of(Bytes.utf8(TEXT)).array());
    private static final String PATH = "/v1/objects/" + DIGEST;

    @AutoClose
    private final Node node = Node.leading(1);

    private final Client worker = node.client(Role.WORKER);

    private static String sum(String text) {
        return "sha-256=:"
                + Base64.getEncoder().encodeToString(Sha256.of(Bytes.utf8(text)).array()) + ":";
    }

    private UploadDocument send(String text, int offset) throws Exception {
        return Node.read(
                worker.with("Content-Digest", sum(text))
                        .post(PATH + "/chunks?bytes=" + TEXT.length() + "&offset=" + offset, text),
                UploadDocument.class);
    }

    @Test
    void an_upload_says_where_it_goes_on_until_it_is_complete() throws Exception {
        assertThat(send(TEXT.substring(0, 10), 0).received()).isEqualTo(10);
        assertThat(send(TEXT.substring(0, 10), 0).received()).isEqualTo(10);
        assertThat(Node.read(worker.get(PATH + "/upload?bytes=" + TEXT.length()), UploadDocument.class)
                        .received())
                .isEqualTo(10);

        assertThat(send(TEXT.substring(10), 10).complete()).isTrue();
        assertThat(worker.get(PATH).body()).isEqualTo(TEXT);
    }

    @Test
    void a_part_is_answered_with_206_and_one_behind_the_end_with_416() throws Exception {
        send(TEXT, 0);

        var part = worker.with("Range", "bytes=5-6").get(PATH);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("is");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 5-6/" + TEXT.length());
        assertThat(worker.with("Range", "bytes=-3").get(PATH).body()).isEqualTo("log");
        assertThat(worker.with("Range", "bytes=26-").get(PATH).body()).isEqualTo("log");
        assertThat(worker.with("Range", "bytes=29-").get(PATH).statusCode()).isEqualTo(416);
        assertThat(worker.with("Range", "lines=1-2").get(PATH).body()).isEqualTo(TEXT);
    }

    @Test
    void a_chunk_that_is_not_its_sum_is_refused_and_nothing_is_written() throws Exception {
        String path = PATH + "/chunks?bytes=" + TEXT.length() + "&offset=0";

        assertThat(worker.post(path, TEXT).statusCode()).isEqualTo(400);
        assertThat(worker.with("Content-Digest", sum("another"))
                        .post(path, TEXT)
                        .statusCode())
                .isEqualTo(400);
        assertThat(node.store.incoming()).isZero();
    }

    @Test
    void what_is_over_a_limit_is_refused_with_413() throws Exception {
        String size = "bytes=" + (ObjectId.MAX_BYTES + 1);
        assertThat(worker.get(PATH + "/upload?" + size).statusCode()).isEqualTo(413);

        String chunk = "x".repeat(ObjectStore.MAX_CHUNK_BYTES + 1);
        var answer = worker.with("Content-Digest", sum(chunk)).post(PATH + "/chunks?bytes=9999999&offset=0", chunk);
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void a_node_that_is_short_of_disk_takes_no_chunk() throws Exception {
        node.cluster.shortOfDisk("12 MiB left");

        var answer = worker.with("Content-Digest", sum(TEXT))
                .post(PATH + "/chunks?bytes=" + TEXT.length() + "&offset=0", TEXT);

        assertThat(answer.statusCode()).isEqualTo(507);
        assertThat(Node.problem(answer).detail()).contains("12 MiB left");
    }

    @Test
    void what_is_not_whole_here_cannot_be_replicated_and_what_is_nowhere_is_not_found() throws Exception {
        send(TEXT.substring(0, 10), 0);

        assertThat(worker.post(PATH + ":replicate?bytes=" + TEXT.length(), "").statusCode())
                .isEqualTo(409);
        assertThat(worker.get(PATH).statusCode()).isEqualTo(404);
        assertThat(worker.get("/v1/objects/no-digest").statusCode()).isEqualTo(404);
    }

    @Test
    void no_set_is_published_whose_file_is_not_on_a_majoritys_disks() throws Exception {
        String body =
                "{\"database\":\"" + "a".repeat(64) + "\",\"digest\":\"" + DIGEST + "\",\"bytes\":29,\"records\":1}";

        var answer = node.client(Role.ADMIN).post("/v1/advisories", body);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Node.problem(answer).type()).isEqualTo("/problems/object-not-safe");
        assertThat(node.cluster.proposed()).isEmpty();
    }
}
