package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Mark.Arrival;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a scope of numbers has come. */
class MarkTest {

    /** After 1 to 4, the gap 5 to 9, and 10. */
    @ParameterizedTest
    @CsvSource({
        "1, SEEN",
        "4, SEEN",
        "5, LATE",
        "7, LATE",
        "9, LATE",
        "10, SEEN",
        "11, READY",
        "12, EARLY",
        "9223372036854775807, EARLY"
    })
    void tellsWhatANumberMeans(long number, Arrival expected) {
        assertThat(Mark.FIRST.advancedTo(5).passing(10).advancedTo(11).meet(number))
                .isEqualTo(expected);
    }

    @Test
    void aLateNumberIsLateOnce() {
        Random random = new Random(1);
        Mark mark = Mark.FIRST.passing(40);
        TreeSet<Long> late = new TreeSet<>();
        for (long n = 1; n < 40; n++) {
            late.add(n);
        }
        while (!late.isEmpty()) {
            long number = 1L + random.nextInt(39);
            assertThat(mark.meet(number)).isEqualTo(late.contains(number) ? Arrival.LATE : Arrival.SEEN);
            mark = Mark.parse(mark.withoutLate(number).text());
            late.remove(number);
        }
        assertThat(mark).isEqualTo(Mark.FIRST.advancedTo(40));
    }

    @Test
    void gapsAreBoundedAndTheOldestIsForgottenFirst() {
        Mark mark = Mark.FIRST;
        for (int i = 0; i < Limits.GAPS_MAX + 5; i++) {
            mark = mark.passing(mark.next() + 2).advancedTo(mark.next() + 3);
        }
        assertThat(mark.gaps()).hasSize(Limits.GAPS_MAX);
        assertThat(mark.meet(1)).isEqualTo(Arrival.SEEN);
        assertThat(mark.meet(mark.next() - 2)).isEqualTo(Arrival.LATE);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"1", "17,3-5,9-10", "9223372036854775807"},
            delimiter = ';')
    void readsWhatItWrote(String text) {
        assertThat(Mark.parse(text).text()).isEqualTo(text);
    }

    @Test
    void producersAreBoundedAndTheMostSilentIsForgottenFirst() {
        Marks marks = new Marks();
        for (int i = 0; i < Limits.MARKS_MAX; i++) {
            marks.put("p" + i, Mark.FIRST.advancedTo(5), 1_000 + i);
        }
        marks.put("p0", Mark.FIRST.advancedTo(6), 9_000);
        marks.put("new", Mark.FIRST.advancedTo(2), 9_001);

        Marks restored = restored(marks);
        assertThat(restored.of("p1")).isEqualTo(Mark.FIRST);
        assertThat(restored.of("p0").next()).isEqualTo(6);
        assertThat(restored.of("p2").next()).isEqualTo(5);
        assertThat(restored.of("new").next()).isEqualTo(2);
    }

    @Test
    void aProducerIsForgottenAfterItsHorizon() {
        Marks marks = new Marks();
        marks.put("p", Mark.FIRST.advancedTo(5), 0);
        marks.put("q", Mark.FIRST, Limits.MARK_HORIZON.toMillis());
        assertThat(marks.of("p").next()).isEqualTo(5);
        marks.put("r", Mark.FIRST, Limits.MARK_HORIZON.toMillis() + 1);
        assertThat(marks.of("p").next()).isEqualTo(1);
    }

    private static Marks restored(Marks marks) {
        Key key = new Key(new Table("t", "lane", "item"), "a", "b");
        return Marks.from(Item.at(key).with("marks", marks.toAttribute()).build());
    }
}
