package io.muster.node;

import io.muster.api.Admissions;
import io.muster.client.JoinAnswer;
import io.muster.log.ClusterId;
import io.muster.log.EngineStatus;
import io.muster.log.MemberAddresses;
import io.muster.log.MemberStatus;
import io.muster.tls.CertificateAuthority;
import io.muster.tls.CertificateFault;
import io.muster.tls.CertificateFolder;
import io.muster.tls.SigningRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What this node tells and gives to a node that joins: the cluster's secret, its engine's settings, where everybody
/// is, and, where this node holds the authority's key, a certificate.
final class NodeAdmissions implements Admissions {
    private final NodeConfig config;
    private final ClusterId cluster;
    private final NodeCertificates certificates;
    private final Members members;
    private final Supplier<EngineStatus> status;
    private final InstantSource clock;

    NodeAdmissions(
            NodeConfig config,
            ClusterId cluster,
            NodeCertificates certificates,
            Members members,
            Supplier<EngineStatus> status) {
        this.config = config;
        this.cluster = cluster;
        this.certificates = certificates;
        this.members = members;
        this.status = status;
        this.clock = InstantSource.system();
    }

    @Override
    public List<String> authorities() {
        return switch (certificates) {
            case NodeCertificates.None() -> List.of();
            case NodeCertificates.Shown shown ->
                shown.api().current().authorities().stream()
                        .map(NodeAdmissions::der)
                        .toList();
        };
    }

    @Override
    public JoinAnswer answer() {
        var fellows = new ArrayList<JoinAnswer.Fellow>();
        for (MemberStatus member : status.get().members()) {
            members.addresses(member)
                    .map(at -> new JoinAnswer.Fellow(member.id().value(), at.node(), at.api()))
                    .ifPresent(fellows::add);
        }
        return new JoinAnswer(
                cluster.toString(),
                config.clusterName(),
                secret(),
                config.engine().name(),
                config.engine().settings(),
                fellows,
                nodeAuthorities());
    }

    @Override
    public Certificate certify(String node, MemberAddresses addresses, String request) {
        if (!(config.tls() instanceof TlsConfig.On(CertificateFolder folder, var _, var _))) {
            return new Certificate.NoAuthority("this cluster does not speak TLS, so there is nothing to sign");
        }
        if (!folder.hasAuthorityKey()) {
            return new Certificate.NoAuthority("there is no " + folder.authorityKey() + " on "
                    + config.self().id());
        }
        try {
            PublicKey holder = SigningRequest.key(request);
            var hosts = new TreeSet<>(List.of(host(addresses.node()), host(addresses.api())));
            Duration life = CertificateAuthority.NODE_LIFE;
            var wish = new CertificateAuthority.Request(node, hosts, life);
            X509Certificate signed = folder.authority().certify(wish, holder, clock.instant());
            return new Certificate.Signed(CertificateAuthority.text(signed));
        } catch (CertificateFault e) {
            return new Certificate.Unfit(String.valueOf(e.getMessage()));
        }
    }

    private String nodeAuthorities() {
        return switch (certificates) {
            case NodeCertificates.None() -> "";
            case NodeCertificates.Shown shown ->
                shown.node().current().authorities().stream()
                        .map(CertificateAuthority::text)
                        .collect(Collectors.joining());
        };
    }

    private String secret() {
        try {
            return Files.readString(config.data().resolve(NodeConfig.SECRET_FILE))
                    .strip();
        } catch (IOException e) {
            throw new ConfigException("cannot read this node's copy of the cluster's secret: " + e.getMessage());
        }
    }

    private static String host(String address) {
        return Address.parse("the address of a member", address).host();
    }

    private static String der(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }
}
