package dev.weir.infra.lint;

/** What a finding does to a synthesis. */
public enum Severity {
    /** It fails: events would be lost, done twice, or never done. */
    ERROR,
    /** It is printed: something will be slow, dear or surprising. */
    WARNING
}
