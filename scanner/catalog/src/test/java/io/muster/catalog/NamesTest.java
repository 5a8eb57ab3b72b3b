package io.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.advisories.Finding;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A record is found by every name and release under which a package can be asked for, in memory and in an index.
class NamesTest {

    @TempDir
    private Path folder;

    private static String record(String id, String ecosystem, String name, String fixed) {
        return """
                {"id": "%s", "affected": [{"package": {"ecosystem": "%s", "name": "%s"}, "ranges": [
                   {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}]}
                """.formatted(id, ecosystem, name, fixed);
    }

    private List<AdvisoryDatabase> databases() throws IOException {
        var records = List.of(
                record("GO-1", "Go", "github.com/Acme/goUtils", "1.1.1"),
                record("DEB-12", "Debian:12", "openssl", "3.0.13"),
                record("DEB-13", "Debian:13", "openssl", "9"),
                record("UBU-1", "Ubuntu:24.04:LTS", "curl", "8"),
                record("RHEL-1", "Red Hat:enterprise_linux:9::baseos", "curl-libs", "1:8"),
                record("GEM-1", "RubyGems", "native", "3.25.5"));
        for (int i = 0; i < records.size(); i++) {
            OsvFiles.write(folder.resolve("osv/" + i + ".json"), records.get(i));
        }
        var store = AdvisoryStore.at(folder.resolve("store"));
        store.importFrom(folder.resolve("osv"), ImportProgress.SILENT);
        return List.of(AdvisoryDatabase.load(folder.resolve("osv")), store.open());
    }

    private static List<String> found(AdvisoryDatabase database, String text) {
        var purl = PackageUrl.parse(text).valid().orElseThrow();
        return database.match(purl.lookups(purl.version())).findings().stream()
                .map(Finding::id)
                .toList();
    }

    @Test
    void a_package_is_found_by_its_source_its_release_and_its_lowered_name() throws IOException {
        for (AdvisoryDatabase database : databases()) {
            try (database) {
                assertThat(found(database, "pkg:golang/github.com/acme/goutils@1.1.0"))
                        .containsExactly("GO-1");
                assertThat(found(database, "pkg:golang/github.com/Acme/goUtils@v1.1.0"))
                        .containsExactly("GO-1");
                assertThat(found(database, "pkg:golang/github.com/ACME/goUtils@v1.1.0"))
                        .isEmpty();
                assertThat(found(database, "pkg:deb/debian/libssl3@3.0.11?upstream=openssl&distro=bookworm"))
                        .containsExactly("DEB-12");
                assertThat(found(database, "pkg:deb/debian/openssl@3.0.11?distro=debian-sid"))
                        .isEmpty();
                assertThat(found(database, "pkg:deb/ubuntu/curl@7?distro=ubuntu-24.04"))
                        .containsExactly("UBU-1");
                assertThat(found(database, "pkg:rpm/redhat/curl-libs@7?distro=rhel-9.2&upstream=curl-7-1.src.rpm"))
                        .containsExactly("RHEL-1");
                assertThat(found(database, "pkg:rpm/redhat/curl-libs@8?epoch=1&distro=rhel-9.2"))
                        .isEmpty();
                assertThat(found(database, "pkg:gem/native@3.25.5-java")).isEmpty();
            }
        }
    }

    @Test
    void a_database_knows_of_which_ecosystems_and_releases_it_says_anything() throws IOException {
        for (AdvisoryDatabase database : databases()) {
            try (database) {
                assertThat(List.of("Go", "Debian", "Debian:12", "Debian:bookworm", "Ubuntu:24.04", "Red Hat:9"))
                        .allMatch(name -> database.speaksOf(Ecosystem.parse(name)));
                assertThat(List.of("npm", "Debian:11", "Debian:sid", "Ubuntu:22.04"))
                        .noneMatch(name -> database.speaksOf(Ecosystem.parse(name)));
            }
        }
    }
}
