package io.muster.conformance;

import io.muster.conformance.FileResult.Counts;
import io.muster.conformance.FileResult.Weight;
import io.muster.versions.Ecosystem;
import io.muster.versions.VersionOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Version orders in the format of osv-scalibr's `semantic/testdata`: a case a line, `A < B`, `A = B` or `A > B`.
/// Lines that start with `#` or `//` and compare nothing are comments. The file's name tells the ecosystem:
/// `pypi-versions-generated.txt`, or `versions/pypi.txt`.
///
/// A case passes when the comparison gives what the line says and the reverse comparison gives the reverse.
final class VersionVectors implements VectorSet {

    private static final Pattern FILE = Pattern.compile("(.+?)-versions.*\\.txt");

    /// The other layout: one file an ecosystem in a folder of this name.
    private static final String FOLDER = "versions";

    private static final Pattern CASE = Pattern.compile("(\\S+)\\s+(<|<=|=|==|>=|>)\\s+(\\S+)(?:\\s+(?:#|//).*)?");
    private static final Pattern COMMENT = Pattern.compile("(?:#|//).*");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /// What files are called that are not named after their ecosystem, in lower case.
    private static final Map<String, Ecosystem> NAMES = Map.ofEntries(
            Map.entry("semver", Ecosystem.NPM),
            Map.entry("crates", Ecosystem.CRATES_IO),
            Map.entry("cargo", Ecosystem.CRATES_IO),
            Map.entry("golang", Ecosystem.GO),
            Map.entry("python", Ecosystem.PYPI),
            Map.entry("gem", Ecosystem.RUBYGEMS),
            Map.entry("composer", Ecosystem.PACKAGIST),
            Map.entry("dpkg", Ecosystem.DEBIAN),
            Map.entry("apk", Ecosystem.ALPINE),
            Map.entry("rpm", Ecosystem.RED_HAT));

    /// Every ecosystem whose name is not simply its file's name with a capital.
    private static final List<Ecosystem> SPELLED = List.of(
            Ecosystem.ALMALINUX,
            Ecosystem.CONAN_CENTER,
            Ecosystem.CRAN,
            Ecosystem.CRATES_IO,
            Ecosystem.GHC,
            Ecosystem.GITHUB_ACTIONS,
            Ecosystem.NPM,
            Ecosystem.NUGET,
            Ecosystem.OPAM,
            Ecosystem.PYPI,
            Ecosystem.RED_HAT,
            Ecosystem.ROCKY_LINUX,
            Ecosystem.RUBYGEMS,
            Ecosystem.SUSE,
            Ecosystem.SWIFT_URL);

    @Override
    public String kind() {
        return "versions";
    }

    @Override
    public boolean recognises(Path file) {
        return FILE.matcher(file.getFileName().toString()).matches()
                || isInFolder(file) && order(file).isPresent();
    }

    private static boolean isInFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null
                && folder.endsWith(FOLDER)
                && file.getFileName().toString().endsWith(".txt");
    }

    /// Lines may end as on any system, and begin with a byte order mark; bytes that are no UTF-8 are part of a version
    /// that nobody knows, not the end of the file.
    @Override
    public FileResult run(Path file) throws IOException {
        var order = order(file);
        var counts = new Counts();
        var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = stripped(lines.get(i));
            boolean isCase = CASE.matcher(line).matches();
            if (line.isEmpty() || !isCase && COMMENT.matcher(line).matches()) {
                continue;
            }
            if (order.isPresent()) {
                run(order.get(), line, i + 1, counts);
            } else {
                counts.skip();
            }
        }
        return counts.result();
    }

    private static String stripped(String line) {
        boolean isMarked = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK;
        return (isMarked ? line.substring(1) : line).strip();
    }

    private static void run(VersionOrder order, String line, int number, Counts counts) {
        Matcher matcher = CASE.matcher(line);
        if (!matcher.matches()) {
            counts.fail(Weight.REQUIRED, "line " + number + ": '" + line + "' is no comparison");
            return;
        }
        String found = sign(order.compare(matcher.group(1), matcher.group(3)));
        String reverse = sign(-order.compare(matcher.group(3), matcher.group(1)));
        // `==` says what `=` does; `<=` and `>=` hold with either of their signs.
        counts.count(
                matcher.group(2).contains(found) && reverse.equals(found),
                Weight.REQUIRED,
                () -> "line " + number + ": " + line + " but found " + found + ", reversed " + reverse);
    }

    private static String sign(int order) {
        return order < 0 ? "<" : order > 0 ? ">" : "=";
    }

    private static Optional<VersionOrder> order(Path file) {
        String fileName = file.getFileName().toString();
        Matcher matcher = FILE.matcher(fileName);
        String name = matcher.matches() ? matcher.group(1) : fileName.substring(0, fileName.lastIndexOf('.'));
        return VersionOrder.of(ecosystem(name));
    }

    private static Ecosystem ecosystem(String fileName) {
        String name = letters(fileName);
        var known = NAMES.get(name);
        return known != null
                ? known
                : SPELLED.stream()
                        .filter(ecosystem -> letters(ecosystem.name()).equals(name))
                        .findFirst()
                        .orElseGet(() -> Ecosystem.parse(capitalised(fileName.toLowerCase(Locale.ROOT))));
    }

    /// `crates.io`, `Red Hat` and `rocky-linux` as one word.
    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    private static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
