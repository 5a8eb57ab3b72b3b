package io.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.muster.tls.CertificateAuthority;
import io.muster.tls.CertificateFolder;
import io.muster.tls.CertificateSource;
import io.muster.tls.ServerTrust;
import io.muster.wire.ConnectionFailures;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The API under HTTPS, and what a client is told where the two do not come together.
@Timeout(60)
final class HttpsTest {
    private static final Duration LIFE = Duration.ofDays(90);

    /// As few as tell whether a connection under TLS counts once.
    private static final TransportLimits ONE_FROM_AN_ADDRESS = new TransportLimits(
            TransportLimits.USUAL.connections(),
            1,
            TransportLimits.USUAL.head(),
            TransportLimits.USUAL.body(),
            TransportLimits.USUAL.pace(),
            TransportLimits.USUAL.grace(),
            TransportLimits.USUAL.whole(),
            TransportLimits.USUAL.hearing(),
            TransportLimits.USUAL.channels(),
            TransportLimits.USUAL.bytes());

    @TempDir
    Path folder;

    private CertificateFolder certificates;
    private ServerResources resources;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        certificates = new CertificateFolder(folder.resolve("tls"));
        certificates.keep(CertificateAuthority.create("shop", Instant.now()));
        issue(Instant.now());
        var source = new CertificateSource(certificates.of("node-1"));
        var config = HttpConfig.on("0.0.0.0", 0, new HttpSecurity.Https(source.server(), ServerTrust.in(source)));
        resources = ServerResources.of(config, ONE_FROM_AN_ADDRESS);
        server = new HttpServer(
                config,
                FakeNode.leading(),
                resources,
                List.of(Route.get("/open", Access.OPEN).to(ctx -> ctx.result("here"))),
                (_, _, _) -> {});
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        resources.close();
    }

    private void issue(Instant when) {
        var request = new CertificateAuthority.Request("node-1", List.of(), LIFE);
        certificates.keep("node-1", certificates.authority().issue(request, when));
    }

    private HttpConnections trusting() {
        return new HttpConnections(ServerTrust.in(certificates.of("node-1").authority()));
    }

    private HttpRequest.Builder open(String scheme, String host) {
        return HttpRequest.newBuilder(URI.create(scheme + "://" + host + ":" + server.port() + "/open"));
    }

    private static HttpResponse<String> send(HttpConnections by, HttpRequest.Builder request) throws Exception {
        return by.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// What a person is told of a request that comes to nothing.
    private static String failure(HttpConnections by, HttpRequest.Builder request) {
        try (by) {
            return ConnectionFailures.describe(catchThrowable(() -> send(by, request)));
        }
    }

    @Test
    void who_trusts_the_authority_is_answered_off_loopback_too() throws Exception {
        try (var client = trusting()) {
            assertThat(send(client, open("https", "127.0.0.1")).body()).isEqualTo("here");
        }
    }

    @Test
    void a_page_of_the_node_s_own_is_answered_and_one_of_another_site_is_not() throws Exception {
        try (var client = trusting()) {
            var own = open("https", "localhost").header("Origin", "https://localhost:" + server.port());
            var other = open("https", "localhost").header("Origin", "https://evil.example");

            assertThat(send(client, own).statusCode()).isEqualTo(200);
            assertThat(send(client, other).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void who_does_not_know_the_authority_is_told_what_to_name() {
        assertThat(failure(HttpConnections.with(List.of("https://127.0.0.1")), open("https", "127.0.0.1")))
                .isEqualTo("its certificate was not issued by an authority that is trusted here: "
                        + "name the cluster's ca.pem by --ca");
    }

    @Test
    void who_dials_a_host_that_is_not_in_the_certificate_is_told_so() {
        assertThat(failure(trusting(), open("https", "127.0.0.2")))
                .startsWith("its certificate is not for the host that was dialled");
    }

    @Test
    void an_ended_certificate_is_told_as_such() {
        issue(Instant.now().minus(LIFE).minus(Duration.ofDays(3)));

        assertThat(failure(trusting(), open("https", "127.0.0.1")))
                .startsWith("its certificate has ended or not begun yet");
    }

    @Test
    void a_certificate_that_has_not_begun_is_told_as_such() {
        issue(Instant.now().plus(Duration.ofDays(3)));

        assertThat(failure(trusting(), open("https", "127.0.0.1")))
                .startsWith("its certificate has ended or not begun yet");
    }

    @Test
    void plain_http_is_not_answered() {
        assertThat(failure(trusting(), open("http", "127.0.0.1"))).isEqualTo("the connection was lost");
    }

    @Test
    void https_to_a_node_without_tls_is_told_as_such() {
        try (var plain = ServedNode.of(FakeNode.leading(), (_, _, _, _) -> List.of())) {
            var request =
                    HttpRequest.newBuilder(URI.create(plain.address().toString().replace("http:", "https:")));

            assertThat(failure(trusting(), request)).isEqualTo("it speaks plain HTTP: use http:// for it");
        }
    }
}
