package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.AdvisorySetDocument;
import io.muster.client.AdvisorySetPage;
import io.muster.client.AdvisorySetRequest;
import io.muster.client.AuditDocument;
import io.muster.client.AuditPage;
import io.muster.client.AuditRequest;
import io.muster.client.BulkAnswer;
import io.muster.client.BulkRequest;
import io.muster.client.CertifyAnswer;
import io.muster.client.CertifyRequest;
import io.muster.client.ClusterDocument;
import io.muster.client.CopiesDocument;
import io.muster.client.DecisionDocument;
import io.muster.client.DecisionPage;
import io.muster.client.DiagnosisDocument;
import io.muster.client.DiagnosisFinding;
import io.muster.client.DiskReport;
import io.muster.client.EventDocument;
import io.muster.client.FindingDocument;
import io.muster.client.InvitationDocument;
import io.muster.client.InvitationPage;
import io.muster.client.InvitationRequest;
import io.muster.client.JobDocument;
import io.muster.client.JobPage;
import io.muster.client.JoinAnswer;
import io.muster.client.JoinRequest;
import io.muster.client.KeyDocument;
import io.muster.client.KeyPage;
import io.muster.client.KeyRequest;
import io.muster.client.LeaderDocument;
import io.muster.client.LogEntryDocument;
import io.muster.client.LogPage;
import io.muster.client.MemberDocument;
import io.muster.client.MemberRequest;
import io.muster.client.MembersDocument;
import io.muster.client.MoveRequest;
import io.muster.client.NewInvitation;
import io.muster.client.NewKey;
import io.muster.client.NodeDocument;
import io.muster.client.NodeReport;
import io.muster.client.ObjectDocument;
import io.muster.client.ObjectPage;
import io.muster.client.OutputDocument;
import io.muster.client.OutputReport;
import io.muster.client.PeerReport;
import io.muster.client.QueueDocument;
import io.muster.client.QueuePage;
import io.muster.client.QueueRequest;
import io.muster.client.ReplaceRequest;
import io.muster.client.SilentNode;
import io.muster.client.SubmitJob;
import io.muster.client.SubmitJobs;
import io.muster.client.SubmittedJob;
import io.muster.client.SubmittedJobs;
import io.muster.client.TransferRequest;
import io.muster.client.UploadDocument;
import io.muster.client.ValueDocument;
import io.muster.client.ValuePage;
import io.muster.client.WorkerDocument;
import io.muster.client.WorkerPage;
import io.muster.http.Access;
import io.muster.http.Repetition;
import io.muster.http.Route;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The hand-written description beside the code: neither may know something that the other does not.
final class OpenApiTest {
    private static final List<Class<?>> RECORDS = List.of(
            SubmitJob.class,
            SubmitJobs.class,
            SubmittedJob.class,
            SubmittedJobs.class,
            JobDocument.class,
            JobPage.class,
            QueueDocument.class,
            WorkerDocument.class,
            NodeDocument.class,
            ClusterDocument.class,
            EventDocument.class,
            AuditRequest.class,
            AuditDocument.class,
            FindingDocument.class,
            KeyRequest.class,
            KeyDocument.class,
            NewKey.class,
            KeyPage.class,
            DecisionDocument.class,
            DecisionPage.class,
            QueueRequest.class,
            TransferRequest.class,
            LeaderDocument.class,
            LogEntryDocument.class,
            LogPage.class,
            ValueDocument.class,
            ValuePage.class,
            MemberDocument.class,
            MembersDocument.class,
            MemberRequest.class,
            ReplaceRequest.class,
            MoveRequest.class,
            InvitationRequest.class,
            InvitationDocument.class,
            InvitationPage.class,
            NewInvitation.class,
            JoinRequest.class,
            JoinAnswer.class,
            CertifyRequest.class,
            CertifyAnswer.class,
            QueuePage.class,
            WorkerPage.class,
            AuditPage.class,
            BulkRequest.class,
            BulkAnswer.class,
            DiagnosisDocument.class,
            DiagnosisFinding.class,
            NodeReport.class,
            PeerReport.class,
            DiskReport.class,
            SilentNode.class,
            AdvisorySetRequest.class,
            AdvisorySetDocument.class,
            AdvisorySetPage.class,
            OutputReport.class,
            OutputDocument.class,
            ObjectDocument.class,
            ObjectPage.class,
            UploadDocument.class,
            CopiesDocument.class);

    private final JsonNode document = read();

    @Test
    void it_is_openapi_3_1() {
        assertThat(document.path("openapi").asString()).startsWith("3.1");
    }

    @Test
    void every_route_is_described_and_everything_described_is_a_route() {
        var described = new TreeSet<String>();
        document.path("paths")
                .forEachEntry((path, item) -> item.propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        var routes = Routes.all().stream()
                .map(route -> (route.method() == Route.Method.WEBSOCKET ? "GET" : route.method()) + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(routes);
    }

    @Test
    void exactly_the_open_routes_need_no_key() {
        for (Route route : Routes.all()) {
            boolean isOpen = operation(route).path("security").isArray();

            assertThat(isOpen).as(route.toString()).isEqualTo(route.access() == Access.OPEN);
        }
    }

    @Test
    void every_path_parameter_is_described() {
        for (Route route : Routes.all()) {
            var parameters = new TreeSet<String>();
            operation(route).path("parameters").forEach(parameter -> {
                if (parameter.path("in").asString("").equals("path")) {
                    parameters.add("{" + parameter.path("name").asString() + "}");
                }
            });
            var inPath = java.util.regex.Pattern.compile("\\{[^}]+}")
                    .matcher(route.path())
                    .results()
                    .map(found -> found.group())
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(parameters).as(route.toString()).isEqualTo(inPath);
        }
    }

    @Test
    void exactly_the_query_parameters_that_a_route_knows_are_described() {
        for (Route route : Routes.all()) {
            var described = operation(route)
                    .path("parameters")
                    .valueStream()
                    .map(this::resolved)
                    .filter(parameter -> parameter.path("in").asString("").equals("query"))
                    .map(parameter -> parameter.path("name").asString())
                    .collect(Collectors.toSet());

            assertThat(described)
                    .as(route.toString())
                    .isEqualTo(route.guards().query().names());
        }
    }

    @Test
    void every_operation_stands_under_a_tag_that_is_described() {
        var tags = document.path("tags")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .collect(Collectors.toSet());

        for (Route route : Routes.all()) {
            assertThat(operation(route).path("tags").path(0).asString(""))
                    .as(route.toString())
                    .isIn(tags);
        }
    }

    @Test
    void exactly_the_routes_that_honour_an_idempotency_key_promise_to() {
        for (Route route : Routes.all()) {
            boolean isPromised = operation(route)
                    .path("parameters")
                    .valueStream()
                    .anyMatch(parameter -> parameter.path("$ref").asString("").endsWith("/IdempotencyKey"));

            assertThat(isPromised).as(route.toString()).isEqualTo(route.guards().repetition() == Repetition.WITH_KEY);
        }
    }

    @Test
    void every_reference_leads_somewhere() {
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asString().substring(1)).isMissingNode())
                    .as(reference.asString())
                    .isFalse();
        }
    }

    @Test
    void every_schema_has_the_fields_of_its_record_and_no_others() {
        for (Class<?> type : RECORDS) {
            JsonNode schema = document.path("components").path("schemas").path(type.getSimpleName());
            var described = new TreeSet<>(schema.path("properties").propertyNames());
            var fields = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(described).as(type.getSimpleName()).isEqualTo(fields);
        }
    }

    private JsonNode resolved(JsonNode parameter) {
        String reference = parameter.path("$ref").asString("");
        return reference.isEmpty() ? parameter : document.at(reference.substring(1));
    }

    private JsonNode operation(Route route) {
        String method = route.method() == Route.Method.WEBSOCKET
                ? "get"
                : route.method().name().toLowerCase(Locale.ROOT);
        return document.path("paths").path(route.path()).path(method);
    }

    private static JsonNode read() {
        return JsonMapper.shared().readTree(OpenApi.document());
    }
}
