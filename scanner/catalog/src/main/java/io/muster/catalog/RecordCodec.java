package io.muster.catalog;

import io.muster.advisories.Advisory;
import io.muster.advisories.Advisory.Status;
import io.muster.advisories.AdvisoryReader;
import io.muster.advisories.Affected;
import io.muster.advisories.RangeEvent;
import io.muster.advisories.Reference;
import io.muster.advisories.SeverityVector;
import io.muster.advisories.VersionRange;
import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The canonical bytes of an advisory: equal advisories have equal bytes, whatever file they were read from.
///
/// The digest of a database is taken over these bytes, and the index on disk stores them, so a change here is a new
/// [#VERSION], new digests and a re-import.
final class RecordCodec {

    /// The first byte of every encoded record.
    static final int VERSION = 1;

    /// No list in a record is longer; Linux kernel records list some ten thousand versions.
    static final int MAX_LIST = 1 << 20;

    private static final int MAX_TEXT = AdvisoryReader.MAX_RECORD_BYTES;

    private RecordCodec() {}

    static byte[] encode(Advisory advisory) {
        var writer = new BinaryWriter(1024);
        writer.u8(VERSION).text(advisory.id());
        instant(writer, advisory.modified());
        switch (advisory.status()) {
            case Status.InForce inForce -> writer.flag(false);
            case Status.Withdrawn(Instant at) -> instant(writer.flag(true), at);
        }
        writer.u8(code(advisory.kind()));
        texts(writer, advisory.aliases());
        texts(writer, advisory.related());
        writer.text(advisory.summary());
        list(writer, advisory.severities(), RecordCodec::severity);
        writer.text(advisory.statedSeverity());
        list(writer, advisory.affected(), RecordCodec::affected);
        list(writer, advisory.references(), (to, it) -> to.text(it.kind()).text(it.url()));
        texts(writer, advisory.repositories());
        writer.text(advisory.details());
        return writer.toBytes();
    }

    static Advisory decode(BinaryReader reader) {
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException("an advisory of format " + version + ", this engine reads " + VERSION);
        }
        String id = text(reader);
        Instant modified = instant(reader);
        Status status = reader.flag() ? new Status.Withdrawn(instant(reader)) : new Status.InForce();
        var kind = kind(reader.u8());
        List<String> aliases = texts(reader);
        List<String> related = texts(reader);
        String summary = text(reader);
        List<SeverityVector> severities = list(reader, RecordCodec::severity);
        String statedSeverity = text(reader);
        List<Affected> affected = list(reader, RecordCodec::affected);
        List<Reference> references = list(reader, from -> new Reference(text(from), text(from)));
        List<String> repositories = texts(reader);
        String details = text(reader);
        reader.end();
        return new Advisory(
                id,
                modified,
                status,
                kind,
                aliases,
                related,
                summary,
                details,
                severities,
                statedSeverity,
                affected,
                references,
                repositories);
    }

    private static SeverityVector severity(BinaryReader reader) {
        return new SeverityVector(text(reader), text(reader));
    }

    private static void severity(BinaryWriter writer, SeverityVector severity) {
        writer.text(severity.scheme()).text(severity.vector());
    }

    private static void affected(BinaryWriter writer, Affected affected) {
        writer.text(affected.packageName().ecosystem().toString())
                .text(affected.packageName().name());
        ranges(writer, affected.ranges());
        texts(writer, affected.versions());
        list(writer, affected.severities(), RecordCodec::severity);
        writer.text(affected.statedSeverity());
    }

    private static Affected affected(BinaryReader reader) {
        return new Affected(
                new PackageName(Ecosystem.parse(text(reader)), text(reader)),
                ranges(reader),
                texts(reader),
                list(reader, RecordCodec::severity),
                text(reader));
    }

    static void ranges(BinaryWriter writer, List<VersionRange> ranges) {
        list(writer, ranges, RecordCodec::range);
    }

    static List<VersionRange> ranges(BinaryReader reader) {
        return list(reader, RecordCodec::range);
    }

    private static void range(BinaryWriter writer, VersionRange range) {
        writer.u8(code(range.kind()));
        list(writer, range.events(), (to, event) -> to.u8(code(event)).text(event.version()));
    }

    private static VersionRange range(BinaryReader reader) {
        return new VersionRange(rangeKind(reader.u8()), list(reader, from -> event(from.u8(), text(from))));
    }

    private static int code(VersionRange.Kind kind) {
        return switch (kind) {
            case SEMVER -> 0;
            case ECOSYSTEM -> 1;
            case GIT -> 2;
            case UNKNOWN -> 3;
        };
    }

    private static VersionRange.Kind rangeKind(int code) {
        return switch (code) {
            case 0 -> VersionRange.Kind.SEMVER;
            case 1 -> VersionRange.Kind.ECOSYSTEM;
            case 2 -> VersionRange.Kind.GIT;
            case 3 -> VersionRange.Kind.UNKNOWN;
            default -> throw new MalformedException("no kind of range has the number " + code);
        };
    }

    private static int code(RangeEvent event) {
        return switch (event) {
            case RangeEvent.Introduced introduced -> 0;
            case RangeEvent.Fixed fixed -> 1;
            case RangeEvent.LastAffected lastAffected -> 2;
            case RangeEvent.Limit limit -> 3;
        };
    }

    private static RangeEvent event(int code, String version) {
        return switch (code) {
            case 0 -> new RangeEvent.Introduced(version);
            case 1 -> new RangeEvent.Fixed(version);
            case 2 -> new RangeEvent.LastAffected(version);
            case 3 -> new RangeEvent.Limit(version);
            default -> throw new MalformedException("no event has the number " + code);
        };
    }

    private static int code(Advisory.Kind kind) {
        return switch (kind) {
            case VULNERABILITY -> 0;
            case MALICIOUS -> 1;
            case NOTICE -> 2;
        };
    }

    private static Advisory.Kind kind(int code) {
        return switch (code) {
            case 0 -> Advisory.Kind.VULNERABILITY;
            case 1 -> Advisory.Kind.MALICIOUS;
            case 2 -> Advisory.Kind.NOTICE;
            default -> throw new MalformedException("no kind of advisory has the number " + code);
        };
    }

    private static void instant(BinaryWriter writer, Instant instant) {
        writer.i64(instant.getEpochSecond()).i32(instant.getNano());
    }

    private static Instant instant(BinaryReader reader) {
        return Instant.ofEpochSecond(reader.i64(), reader.i32());
    }

    static String text(BinaryReader reader) {
        return reader.text(MAX_TEXT);
    }

    private static void texts(BinaryWriter writer, List<String> texts) {
        list(writer, texts, BinaryWriter::text);
    }

    private static List<String> texts(BinaryReader reader) {
        return list(reader, RecordCodec::text);
    }

    private static <T> void list(BinaryWriter writer, List<T> items, BiConsumer<BinaryWriter, T> item) {
        writer.varint(items.size());
        items.forEach(it -> item.accept(writer, it));
    }

    private static <T> List<T> list(BinaryReader reader, Function<BinaryReader, T> item) {
        int size = reader.count(Math.min(MAX_LIST, reader.remaining()));
        List<T> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(item.apply(reader));
        }
        return items;
    }
}
