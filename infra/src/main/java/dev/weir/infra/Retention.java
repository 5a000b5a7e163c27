package dev.weir.infra;

import software.amazon.awscdk.services.logs.RetentionDays;

/** The CDK's words for how long logs are kept. */
final class Retention {
    private Retention() {}

    static RetentionDays of(LogDays days) {
        return switch (days) {
            case DAY -> RetentionDays.ONE_DAY;
            case WEEK -> RetentionDays.ONE_WEEK;
            case TWO_WEEKS -> RetentionDays.TWO_WEEKS;
            case MONTH -> RetentionDays.ONE_MONTH;
            case QUARTER -> RetentionDays.THREE_MONTHS;
            case YEAR -> RetentionDays.ONE_YEAR;
            case TEN_YEARS -> RetentionDays.TEN_YEARS;
        };
    }
}
