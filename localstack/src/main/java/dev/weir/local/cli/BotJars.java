package dev.weir.local.cli;

import dev.weir.bot.BotProvider;
import dev.weir.local.bus.UsageException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Jars with bots, found by {@link BotProvider#found} as long as this is open. What is in Weir's jars too is taken from those, so a bot runs on
 * the Weir that is here, not on the one that it was built with. Belongs to the thread that opened it; threads that are started by it see them too.
 */
final class BotJars implements AutoCloseable {
    private static final String SERVICE = "META-INF/services/" + BotProvider.class.getName();

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final URLClassLoader loader;

    private BotJars(List<URL> jars) {
        this.loader = new URLClassLoader("bots", jars.toArray(URL[]::new), BotJars.class.getClassLoader());
    }

    /** @throws UsageException if one is no jar with bots, or its bots cannot be loaded */
    static BotJars of(List<Path> jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(checked(jar).toUri().toURL());
        }
        BotJars opened = new BotJars(urls);
        Thread.currentThread().setContextClassLoader(opened.loader);
        try {
            ServiceLoader.load(BotProvider.class, opened.loader).forEach(BotProvider::bots);
            return opened;
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            opened.close();
            throw new UsageException("a bot cannot be loaded: --bots=" + jars + " reason=" + reason(e));
        }
    }

    private static Path checked(Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new UsageException("there is no such jar, build it first: --bots=" + jar);
        }
        try (URLClassLoader alone = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            if (alone.findResource(SERVICE) == null) {
                throw new UsageException("the jar tells of no bots: --bots=" + jar + " missing=" + SERVICE);
            }
        }
        return jar;
    }

    /** What is at the bottom of it: a bot is made when its class is initialised, whose errors come wrapped. */
    private static Throwable reason(Throwable thrown) {
        Throwable reason = thrown;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason;
    }

    @Override
    public void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }
}
