package dev.weir.infra.lint;

/**
 * Says that a finding is known and wanted. One that silences nothing is a finding itself.
 *
 * @param rule id of the rule, as findings show it: {@code idle-shards}
 * @param bot the bot; {@value #BUS} for what is said of the bus as a whole
 * @param reason why, for who reads it next; not blank
 */
public record Silence(String rule, String bot, String reason) {

    /** The name under which findings of the bus as a whole stand. */
    public static final String BUS = "(bus)";

    public Silence {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a silence has a reason: rule=" + rule + " bot=" + bot);
        }
    }

    boolean covers(Finding finding) {
        return rule.equals(finding.rule().id()) && bot.equals(finding.bot());
    }

    String text() {
        return "rule=" + rule + " bot=" + bot + " reason=" + reason;
    }
}
