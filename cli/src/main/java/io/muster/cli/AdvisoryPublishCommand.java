package io.muster.cli;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.catalog.DatabaseSnapshot;
import io.muster.client.AdvisorySetRequest;
import io.muster.client.MusterClient;
import io.muster.client.ObjectTransfer.FileName;
import io.muster.node.FileFailure;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `muster advisories publish`: gives the imported database to the cluster, whose audits use it from then on.
@Command(
        name = "publish",
        description = "Give the imported database to the cluster: its audits use it from then on.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Workers fetch it when the first audit names it. A node that was given a database of its own, by",
            "--advisories or node.advisories, starts audits with that one."
        })
final class AdvisoryPublishCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private AdvisoriesCommandGroup advisories = new AdvisoriesCommandGroup();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws InterruptedException {
        DatabaseSnapshot snapshot = snapshot();
        return server.with(client -> publish(client, snapshot));
    }

    private DatabaseSnapshot snapshot() {
        try {
            return advisories
                    .database()
                    .store()
                    .current()
                    .orElseThrow(() -> new CannotDo(
                            ExitCode.NOT_FOUND,
                            "nothing was imported into " + advisories.database().place()
                                    + " yet: run `muster advisories import FOLDER` or `muster advisories update`"));
        } catch (IOException e) {
            throw cannot(e);
        }
    }

    private CannotDo cannot(IOException e) {
        return new CannotDo(
                ExitCode.BAD, "cannot publish " + advisories.database().place() + ": " + FileFailure.of(e));
    }

    private int publish(MusterClient client, DatabaseSnapshot snapshot) throws InterruptedException {
        try (AdvisoryDatabase database = advisories.database().open()) {
            if (database.recordCount() == 0) {
                throw new CannotDo(
                        ExitCode.BAD,
                        advisories.database().place() + " holds no advisory: with it every audit would find nothing");
            }
            var name = FileName.of(snapshot.file());
            Printing.remark(
                    spec,
                    String.format(
                            Locale.ROOT, "uploading %,d records, %,d bytes", database.recordCount(), name.bytes()));
            client.objects().upload(snapshot.file(), name);
            String digest = database.digest();
            var set = client.publishAdvisories(new AdvisorySetRequest(
                    digest.substring(digest.indexOf(':') + 1), name.digest(), name.bytes(), database.recordCount()));
            Printing.line(spec, set.database());
            return ExitCode.WELL.number();
        } catch (IOException e) {
            throw cannot(e);
        }
    }
}
