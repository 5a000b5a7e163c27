package dev.weir.infra;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The CDK runs in node: without it these tests are skipped, and say so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNode.Condition.class)
@interface NeedsNode {

    /** Looks for node once. */
    final class Condition implements ExecutionCondition {
        private static final boolean IS_THERE = isThere();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (IS_THERE) {
                return ConditionEvaluationResult.enabled("node is there");
            }
            if (context.getTestMethod().isEmpty()) {
                System.err.println(
                        "SKIPPED " + context.getDisplayName() + ": the CDK needs node on the PATH, and there is none");
            }
            return ConditionEvaluationResult.disabled("the CDK needs node on the PATH, and there is none");
        }

        private static boolean isThere() {
            try {
                Process node = new ProcessBuilder("node", "--version")
                        .redirectErrorStream(true)
                        .start();
                node.getInputStream().readAllBytes();
                return node.waitFor() == 0;
            } catch (IOException none) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
