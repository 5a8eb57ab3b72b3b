package io.muster.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads `muster.yaml`. Relative paths inside it are meant from the file's own folder.
public final class ConfigFile {
    /// A configuration is a page of text; more is a mistaken path.
    private static final long MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    /// The configuration in `file` for the node `id`, or for `node.id` where `id` is empty.
    public static NodeConfig read(Path file, String id) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return NodeConfig.read(document(file), id, folder == null ? Path.of("/") : folder);
    }

    /// The configuration in `file` as the first of its nodes reads it: for what concerns all of them.
    public static NodeConfig readForAll(Path file) {
        List<Section> nodes = Section.root(document(file)).section("cluster").sections("nodes");
        return read(file, nodes.isEmpty() ? "" : nodes.getFirst().requiredText("id"));
    }

    /// The parser's own sentences speak of its classes and switches; the place is what somebody can
    /// use.
    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static Object document(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(file + " is over " + MAX_BYTES + " bytes; is it a configuration?");
            }
            @Nullable Object document = new YAMLMapper().readValue(Files.readString(file), Object.class);
            if (document == null) {
                throw new ConfigException(file + " is empty; docs/configuration.md shows the least it needs");
            }
            return document;
        } catch (IOException e) {
            throw new ConfigException("cannot read the configuration " + file + ": " + FileFailure.of(e));
        } catch (JacksonException e) {
            throw new ConfigException("cannot read " + file + " as YAML" + place(e));
        }
    }
}
