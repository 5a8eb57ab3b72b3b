package io.muster.references;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.CommandKind;
import java.util.List;

/// The bodies of reference commands as they stand in the log. A kind's number never changes its meaning.
public final class ReferenceCommands {
    /// The feature level from which on the log may name objects.
    static final int LEVEL = 2;

    public static final CommandKind<ReferenceCommand> KEEP_OUTPUT = new CommandKind<ReferenceCommand>(
                    0x0601,
                    "references.keep-output",
                    1,
                    LEVEL,
                    (body, _) -> new ReferenceCommand.KeepOutput(readOutput(body), body.varint()))
            .asWork();

    public static final CommandKind<ReferenceCommand> PUBLISH_ADVISORIES = new CommandKind<>(
            0x0602,
            "references.publish-advisories",
            1,
            LEVEL,
            (body, _) -> new ReferenceCommand.PublishAdvisories(readSet(body), body.varint()));

    public static final CommandKind<ReferenceCommand> MARK = new CommandKind<ReferenceCommand>(
                    0x0603, "references.mark", 1, LEVEL, (_, _) -> new ReferenceCommand.Mark())
            .asWork();

    /// All kinds of command for the reference ledger.
    public static final List<CommandKind<ReferenceCommand>> KINDS = List.of(KEEP_OUTPUT, PUBLISH_ADVISORIES, MARK);

    private static final int IN_TAIL = 1;
    private static final int IN_OBJECT = 2;
    private static final int MISSING = 3;

    private ReferenceCommands() {}

    static CommandKind<ReferenceCommand> kind(ReferenceCommand command) {
        return switch (command) {
            case ReferenceCommand.KeepOutput _ -> KEEP_OUTPUT;
            case ReferenceCommand.PublishAdvisories _ -> PUBLISH_ADVISORIES;
            case ReferenceCommand.Mark _ -> MARK;
        };
    }

    static Bytes encode(ReferenceCommand command) {
        var writer = new BinaryWriter();
        switch (command) {
            case ReferenceCommand.KeepOutput(var output, var proven) -> {
                write(writer, output);
                writer.varint(proven);
            }
            case ReferenceCommand.PublishAdvisories(var set, var proven) -> {
                write(writer, set);
                writer.varint(proven);
            }
            case ReferenceCommand.Mark() -> {}
        }
        return Bytes.wrap(writer.toBytes());
    }

    static void write(BinaryWriter writer, ObjectId id) {
        writer.text(id.digest()).varint(id.bytes());
    }

    static ObjectId readId(BinaryReader reader) {
        return new ObjectId(reader.text(ReferenceLimits.MAX_NAME_BYTES), reader.varint());
    }

    static void write(BinaryWriter writer, AdvisorySet set) {
        write(writer.text(set.database()), set.object());
        writer.varint(set.records());
    }

    static AdvisorySet readSet(BinaryReader reader) {
        return new AdvisorySet(reader.text(ReferenceLimits.MAX_NAME_BYTES), readId(reader), reader.varint());
    }

    static void write(BinaryWriter writer, JobOutput output) {
        writer.text(output.job())
                .varint(output.attempt())
                .text(output.worker())
                .varint(output.written())
                .blob(output.tail());
        switch (output.fullText()) {
            case FullText.InTail() -> writer.u8(IN_TAIL);
            case FullText.InObject(var id) -> write(writer.u8(IN_OBJECT), id);
            case FullText.Missing(var reason) -> writer.u8(MISSING).text(reason);
        }
    }

    static JobOutput readOutput(BinaryReader reader) {
        return new JobOutput(
                reader.text(ReferenceLimits.MAX_NAME_BYTES),
                reader.count(Integer.MAX_VALUE),
                reader.text(ReferenceLimits.MAX_NAME_BYTES),
                reader.varint(),
                reader.bytes(ReferenceLimits.MAX_TAIL_BYTES),
                readFullText(reader));
    }

    private static FullText readFullText(BinaryReader reader) {
        int number = reader.u8();
        return switch (number) {
            case IN_TAIL -> new FullText.InTail();
            case IN_OBJECT -> new FullText.InObject(readId(reader));
            case MISSING -> new FullText.Missing(reader.text(ReferenceLimits.MAX_REASON_BYTES));
            default -> throw new MalformedException("no output is at place " + number);
        };
    }
}
