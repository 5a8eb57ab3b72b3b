package io.muster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import org.junit.jupiter.api.Test;

/// What a caller is told of an error, in whatever shape it comes.
final class ProblemReaderTest {
    @Test
    void an_error_in_the_documents_shape_is_told_in_its_words() {
        var body = Bytes.utf8("{\"error\":\"the key is empty\"}");

        assertThat(ProblemReader.describe(body)).isEqualTo("the key is empty");
        assertThat(ProblemReader.read(400, body)).returns(400, Problem::status).returns("HTTP 400", Problem::title);
    }

    @Test
    void json_that_names_no_error_is_shown_as_it_is() {
        assertThat(ProblemReader.describe(Bytes.utf8("{\"message\":\"no\"}"))).isEqualTo("{\"message\":\"no\"}");
    }

    @Test
    void what_is_not_json_is_shown_as_it_is() {
        assertThat(ProblemReader.describe(Bytes.utf8("bad gateway"))).isEqualTo("bad gateway");
    }

    @Test
    void a_problem_is_told_by_its_detail() {
        assertThat(ProblemReader.describe(
                        Bytes.utf8("{\"type\":\"t\",\"title\":\"T\",\"status\":400,\"detail\":\"d\"}")))
                .isEqualTo("d");
    }

    @Test
    void a_problem_without_detail_is_told_by_its_title() {
        assertThat(ProblemReader.describe(Bytes.utf8("{\"type\":\"t\",\"title\":\"T\",\"status\":400}")))
                .isEqualTo("T");
    }
}
