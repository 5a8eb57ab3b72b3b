package io.muster.handlers;

import io.muster.worker.ActionResult;
import io.muster.worker.Handler;
import io.muster.worker.JobContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Writes a text to a file of a folder that workers share: `{"name": "status.txt", "text": "all is
/// well"}`.
///
/// It shows how an effect outside the cluster is fenced: a run that was taken for lost and is late
/// writes under the fence of its own claim, and the folder refuses it once a later claim has written
/// ([FencedFolder]).
public final class PublishHandler implements Handler {
    /// One file in the folder itself, and none of those by which it is guarded.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final FencedFolder folder;

    /// @param folder where the files are; made if need be
    public PublishHandler(Path folder) {
        this.folder = new FencedFolder(folder);
    }

    record Payload(String name, String text) {
        Payload {
            if (name == null || text == null || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("cannot write '" + name + "': a text needs a name of letters, digits"
                        + ", '.', '_' and '-' that begins with a letter or digit");
            }
        }
    }

    @Override
    public String type() {
        return "publish";
    }

    @Override
    public ActionResult run(JobContext context) {
        return switch (PayloadReading.of(context.payload(), Payload.class)) {
            case PayloadReading.Unreadable<Payload>(String why) ->
                ActionResult.hopeless("cannot read what to publish: " + why);
            case PayloadReading.Read<Payload>(Payload payload) -> write(payload, context.fence());
        };
    }

    private ActionResult write(Payload payload, String fence) {
        try {
            return switch (folder.write(payload.name(), payload.text(), fence)) {
                case FencedFolder.Answer.Written() -> ActionResult.done("{}");
                case FencedFolder.Answer.Refused(String by) ->
                    ActionResult.hopeless("cannot write " + payload.name() + " under the fence " + fence
                            + ": a later claim has written it, under " + by);
            };
        } catch (IOException e) {
            return ActionResult.failed("cannot write " + payload.name() + ": " + e);
        }
    }
}
