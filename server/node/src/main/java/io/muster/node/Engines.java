package io.muster.node;

import io.muster.encoding.Nearest;
import java.util.Map;
import java.util.TreeMap;

/// The engines that a node can be run with: the one list of them.
public final class Engines {
    /// What a configuration without the key `engine` means.
    static final String DEFAULT = "raft";

    /// By name: how each reads its settings. They stand in a section that is named like the engine, so that the
    /// settings of an engine that is not chosen are refused as any other unknown key.
    private static final TreeMap<String, Reader> KNOWN = new TreeMap<>(Map.of("raft", RaftFactory::read));

    private Engines() {}

    /// The engine that a configuration means which says nothing of it.
    static EngineFactory ofThisVersion() {
        return read(Section.root(Map.of()), Section.root(Map.of()));
    }

    /// Reads the settings of one engine.
    interface Reader {
        /// @param own the section that is named like the engine
        /// @param cluster the section that is the same on every node
        EngineFactory read(Section own, Section cluster);
    }

    /// The default engine with its usual settings, for what needs no cluster.
    public static EngineFactory usual() {
        return RaftFactory.USUAL;
    }

    /// The engine that the configuration chooses, with its settings.
    static EngineFactory read(Section root, Section cluster) {
        String name = root.text("engine", DEFAULT);
        Reader reader = KNOWN.get(name);
        if (reader == null) {
            throw new ConfigException("engine is '" + name + "'; it must be " + String.join(" or ", KNOWN.keySet())
                    + Nearest.hint(name, KNOWN.keySet()));
        }
        Section own = root.section(name);
        EngineFactory chosen = reader.read(own, cluster);
        own.end();
        return chosen;
    }
}
