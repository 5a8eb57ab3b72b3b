package io.muster.conformance;

import io.muster.conformance.FileResult.Tally;
import io.muster.conformance.FileResult.Weight;
import io.muster.versions.Ecosystem;
import io.muster.versions.VersionOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Version orders in the format of osv-scalibr's `semantic/testdata`: a case a line, `A < B`, `A = B` or `A > B`.
/// Lines that start with `#` or `//` are comments. The file's name tells the ecosystem: `pypi-versions-generated.txt`.
///
/// A case passes when the comparison gives what the line says and the reverse comparison gives the reverse.
final class VersionVectors implements VectorSet {

    private static final Pattern FILE = Pattern.compile("(.+)-versions.*\\.txt");
    private static final Pattern CASE = Pattern.compile("(\\S+) ([<=>]) (\\S+)");
    private static final Pattern COMMENT = Pattern.compile("(#|//)( .*)?");

    /// Files that are not named after their ecosystem in lower case, and names that are not written with one capital.
    private static final Map<String, Ecosystem> NAMES = Map.ofEntries(
            Map.entry("semver", Ecosystem.NPM),
            Map.entry("npm", Ecosystem.NPM),
            Map.entry("crates.io", Ecosystem.CRATES_IO),
            Map.entry("crates", Ecosystem.CRATES_IO),
            Map.entry("cargo", Ecosystem.CRATES_IO),
            Map.entry("cran", Ecosystem.CRAN),
            Map.entry("nuget", Ecosystem.NUGET),
            Map.entry("pypi", Ecosystem.PYPI),
            Map.entry("redhat", Ecosystem.RED_HAT),
            Map.entry("rpm", Ecosystem.RED_HAT),
            Map.entry("rubygems", Ecosystem.RUBYGEMS));

    @Override
    public String kind() {
        return "versions";
    }

    @Override
    public boolean recognises(Path file) {
        return FILE.matcher(file.getFileName().toString()).matches();
    }

    @Override
    public FileResult run(Path file) throws IOException {
        var order = order(file);
        var tally = new Tally();
        var lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || COMMENT.matcher(line).matches()) {
                continue;
            }
            if (order.isPresent()) {
                run(order.get(), line, i + 1, tally);
            } else {
                tally.skip();
            }
        }
        return tally.result();
    }

    private static void run(VersionOrder order, String line, int number, Tally tally) {
        Matcher matcher = CASE.matcher(line);
        if (!matcher.matches()) {
            tally.fail(Weight.REQUIRED, "line " + number + ": '" + line + "' is no comparison");
            return;
        }
        String found = sign(order.compare(matcher.group(1), matcher.group(3)));
        String reverse = sign(-order.compare(matcher.group(3), matcher.group(1)));
        if (found.equals(matcher.group(2)) && reverse.equals(found)) {
            tally.pass();
        } else {
            tally.fail(
                    Weight.REQUIRED, "line " + number + ": " + line + " but found " + found + ", reversed " + reverse);
        }
    }

    private static String sign(int order) {
        return order < 0 ? "<" : order > 0 ? ">" : "=";
    }

    private static Optional<VersionOrder> order(Path file) {
        Matcher matcher = FILE.matcher(file.getFileName().toString());
        String name = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
        return VersionOrder.of(ecosystem(name));
    }

    private static Ecosystem ecosystem(String name) {
        var known = NAMES.get(name);
        return known != null ? known : Ecosystem.parse(capitalised(name));
    }

    private static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
