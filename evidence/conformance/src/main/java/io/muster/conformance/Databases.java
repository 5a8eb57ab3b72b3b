package io.muster.conformance;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.catalog.AdvisoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The advisory databases that vector files ask for, each read once a run.
final class Databases {

    private final Optional<Path> chosen;
    private final Map<Path, AdvisoryDatabase> read = new HashMap<>();

    private Databases(Optional<Path> chosen) {
        this.chosen = chosen;
    }

    /// Each file's own database, named beside its cases.
    static Databases asFilesSay() {
        return new Databases(Optional.empty());
    }

    /// One database for all files, whatever they name.
    static Databases always(Path advisories) {
        return new Databases(Optional.of(advisories));
    }

    /// The database for a file: the chosen one, else what its field `advisories` names, relative to the file.
    ///
    /// @throws IOException when there is none, or it cannot be read
    AdvisoryDatabase of(Path file, JsonNode content) throws IOException {
        String named = content.path("advisories").asString("");
        if (chosen.isEmpty() && named.isEmpty()) {
            throw new NoSuchFileException(
                    file.toString(), null, "it names no advisories and none were given with --advisories");
        }
        Path place = chosen.orElseGet(() -> file.resolveSibling(named)).toRealPath();
        AdvisoryDatabase known = read.get(place);
        if (known == null) {
            boolean isStore = Files.isDirectory(place) && AdvisoryStore.isStore(place);
            known = isStore ? AdvisoryStore.at(place).open() : AdvisoryDatabase.load(place);
            read.put(place, known);
        }
        return known;
    }
}
