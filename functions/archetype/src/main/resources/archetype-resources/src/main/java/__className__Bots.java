package ${package};

import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import java.util.List;

/** The bots of this jar; META-INF/services names this class. */
public final class ${className}Bots implements BotProvider {

    @Override
    public List<Bot> bots() {
        return List.of(Bot.of(${className}.PIPELINE));
    }
}
