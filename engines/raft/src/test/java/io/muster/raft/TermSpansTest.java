package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.InvariantViolation;
import io.muster.log.LogTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermSpansTest {
    /// Against a list that keeps the term of every entry.
    @Test
    void knows_what_a_list_of_all_terms_knows() {
        var random = new SplitMix64(Long.getLong("seed", 1));
        for (int run = 0; run < 200; run++) {
            var spans = new TermSpans(LogStart.BEGINNING, List.of(), 0);
            var terms = new ArrayList<>(List.of(0L));
            for (int i = 0; i < 30; i++) {
                if (terms.size() > 1 && random.below(5) == 0) {
                    int cut = 1 + random.below(terms.size() - 1);
                    spans.cutFrom(cut);
                    terms.subList(cut, terms.size()).clear();
                }
                int count = 1 + random.below(3);
                long term = terms.getLast() + random.below(3);
                spans.append(Scene.batch(terms.size(), count, term));
                for (int entry = 0; entry < count; entry++) {
                    terms.add(term);
                }
                check(spans, terms, random);
            }
        }
    }

    @Test
    void t22_an_index_outside_the_log_has_no_term_rather_than_term_0() {
        var spans = new TermSpans(LogStart.BEGINNING, List.of(), 0);
        spans.append(Scene.batch(1, 3, 2));

        assertThatThrownBy(() -> spans.termAt(4)).isInstanceOf(InvariantViolation.class);
        assertThatThrownBy(() -> spans.termAt(-1)).isInstanceOf(InvariantViolation.class);
        assertThat(spans.holds(4, 0)).isFalse();
        assertThat(spans.holds(0, 0)).isTrue();
    }

    @Test
    void t22_what_was_compacted_is_an_answer_of_its_own() {
        var spans = new TermSpans(LogStart.BEGINNING, List.of(), 0);
        spans.append(Scene.batch(1, 3, 2));
        spans.append(Scene.batch(4, 2, 5));

        spans.cutPrefix(new LogStart(3, 2, new LogTime(1_001, 1_001), StoredConfiguration.NONE));

        assertThat(spans.at(2)).isEqualTo(new TermSpans.Place.Compacted());
        assertThat(spans.at(3)).isEqualTo(new TermSpans.Place.Known(2));
        assertThat(spans.at(4)).isEqualTo(new TermSpans.Place.Known(5));
        assertThat(spans.at(6)).isEqualTo(new TermSpans.Place.Absent());
        assertThat(spans.lastWithTermAtMost(5, 4)).hasValue(3);
        assertThat(spans.lastWithTermAtMost(5, 1)).isEmpty();
        assertThat(spans.lastWithTermAtMost(2, 9)).isEmpty();
        assertThat(spans.holds(2, 2)).isFalse();
    }

    @Test
    void a_log_that_was_cut_whole_still_knows_its_last_term() {
        var spans = new TermSpans(LogStart.BEGINNING, List.of(), 0);
        spans.append(Scene.batch(1, 3, 2));

        spans.cutPrefix(new LogStart(3, 2, new LogTime(1_001, 1_001), StoredConfiguration.NONE));

        assertThat(spans.lastIndex()).isEqualTo(3);
        assertThat(spans.lastTerm()).isEqualTo(2);
        spans.append(Scene.batch(4, 1, 2));
        assertThat(spans.termAt(4)).isEqualTo(2);
    }

    @Test
    void a_batch_behind_a_gap_is_refused() {
        var spans = new TermSpans(LogStart.BEGINNING, List.of(), 0);
        spans.append(Scene.batch(1, 1, 2));

        assertThatThrownBy(() -> spans.append(Scene.batch(3, 1, 2))).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void a_batch_of_an_earlier_term_is_refused() {
        var spans = new TermSpans(LogStart.BEGINNING, List.of(), 0);
        spans.append(Scene.batch(1, 1, 2));

        assertThatThrownBy(() -> spans.append(Scene.batch(2, 1, 1))).isInstanceOf(InvariantViolation.class);
    }

    private static void check(TermSpans spans, List<Long> terms, SplitMix64 random) {
        assertThat(spans.lastIndex()).isEqualTo(terms.size() - 1);
        for (int index = 0; index < terms.size(); index++) {
            assertThat(spans.termAt(index)).isEqualTo(terms.get(index));
        }
        int from = random.below(terms.size() + 3);
        long most = random.below(10);
        int expected = Math.min(from, terms.size() - 1);
        while (expected > 0 && terms.get(expected) > most) {
            expected--;
        }
        assertThat(spans.lastWithTermAtMost(from, most)).hasValue(expected);
    }
}
