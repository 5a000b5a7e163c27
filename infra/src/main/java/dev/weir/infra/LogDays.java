package dev.weir.infra;

/** For how long logs are kept: what CloudWatch offers and people ask for. */
public enum LogDays {
    DAY(1),
    WEEK(7),
    TWO_WEEKS(14),
    MONTH(30),
    QUARTER(90),
    YEAR(365),
    TEN_YEARS(3_653);

    private final int days;

    LogDays(int days) {
        this.days = days;
    }

    public int days() {
        return days;
    }
}
