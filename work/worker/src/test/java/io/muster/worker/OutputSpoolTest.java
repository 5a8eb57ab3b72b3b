package io.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.exchange.AttemptId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class OutputSpoolTest {
    private static final AttemptId RUN = new AttemptId("job-0000000001g00", 1);
    private static final long SEED = Long.getLong("seed", 3);

    private static void print(OutputSpool spool, String text) {
        spool.print(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_fits_into_the_tail_needs_no_file() {
        try (var spool = new OutputSpool()) {
            assertThat(spool.isEmpty()).isTrue();
            print(spool, "a line\n");
            print(spool, "another\n");

            Printed printed = spool.end(RUN, "w1");

            assertThat(printed.tail().text()).isEqualTo("a line\nanother\n");
            assertThat(printed.whole()).isEqualTo(new Printed.Whole.InTail());
        }
    }

    @Test
    void more_is_in_a_file_that_is_gone_afterwards() throws IOException {
        System.out.println("OutputSpoolTest seed=" + SEED);
        var random = new SplittableRandom(SEED);
        var all = new StringBuilder();
        Printed.Whole whole;
        try (var spool = new OutputSpool()) {
            while (all.length() < 400_000) {
                String text = Integer.toString(random.nextInt()).repeat(random.nextInt(20_000));
                all.append(text);
                print(spool, text);
            }
            Printed printed = spool.end(RUN, "w1");

            whole = printed.whole();
            assertThat(printed.written()).isEqualTo(all.length());
            assertThat(printed.tail().text()).isEqualTo(all.substring(all.length() - Printed.MAX_TAIL_BYTES));
            assertThat(whole)
                    .isInstanceOfSatisfying(
                            Printed.Whole.InFile.class,
                            kept -> assertThat(kept.file()).hasContent(all.toString()));
        }
        assertThat(((Printed.Whole.InFile) whole).file()).doesNotExist();
    }

    @Test
    void a_run_that_prints_without_end_is_cut_with_a_mark_and_its_end_is_kept() throws IOException {
        int most = 100_000;
        try (var spool = new OutputSpool(most)) {
            for (int i = 0; i < 50_000; i++) {
                print(spool, i + "\n");
            }
            Printed printed = spool.end(RUN, "w1");

            assertThat(printed.tail().text()).endsWith("49998\n49999\n");
            String kept = Files.readString(((Printed.Whole.InFile) printed.whole()).file());
            assertThat(kept).startsWith("0\n1\n").endsWith("these are the first " + most + "]\n");
            assertThat(kept.length()).isBetween(most, most + 200);
        }
    }
}
