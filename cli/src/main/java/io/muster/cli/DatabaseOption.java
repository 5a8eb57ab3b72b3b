package io.muster.cli;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.catalog.AdvisoryStore;
import io.muster.encoding.MalformedException;
import io.muster.node.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The option that says which advisories to use.
final class DatabaseOption {

    @Option(
            names = {"-d", "--database"},
            paramLabel = "PLACE",
            scope = ScopeType.INHERIT,
            description = "An imported database, or a folder or all.zip of OSV records. Default: $MUSTER_DATABASE,"
                    + " else ~/.muster/advisories.")
    private @Nullable Path place;

    /// The place asked for, or the one that is used when none is.
    Path place() {
        if (place != null) {
            return place;
        }
        String configured = System.getenv("MUSTER_DATABASE");
        return configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home", "."), ".muster", "advisories")
                : Path.of(configured);
    }

    /// A sentence that warns of advisories that were not renewed for long.
    Optional<String> ageWarning() {
        return Freshness.of(place())
                .filter(age -> age.compareTo(Freshness.STALE) > 0)
                .map(age -> "warning: the advisories are " + age.toDays()
                        + " days old; `muster advisories update` renews them");
    }

    AdvisoryStore store() {
        return AdvisoryStore.at(place());
    }

    /// Opens it; what is wrong is one sentence of a [CannotDo].
    AdvisoryDatabase open() {
        Path where = place();
        if (!Files.exists(where)) {
            throw new CannotDo(
                    ExitCode.NOT_FOUND,
                    "there is no advisory database at " + where
                            + ": `muster advisories update --from URL` fetches OSV's, `muster advisories import FOLDER`"
                            + " reads one, --database names a folder of OSV records");
        }
        try {
            return AdvisoryDatabase.openOrLoad(where);
        } catch (IOException e) {
            throw new CannotDo(
                    ExitCode.BAD, "cannot open the advisory database at " + where + ": " + FileFailure.of(e));
        } catch (MalformedException e) {
            throw new CannotDo(ExitCode.BAD, "cannot open the advisory database at " + where + ": " + e.getMessage());
        }
    }
}
