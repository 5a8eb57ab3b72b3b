package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MavenTest {

    private static final String CHILD = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <parent>
                <groupId>org.example</groupId>
                <artifactId>parent</artifactId>
                <version>1.2.3</version>
              </parent>
              <artifactId>shop</artifactId>
              <properties>
                <gson.version>2.8.9</gson.version>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>com.google.code.gson</groupId>
                  <artifactId>gson</artifactId>
                </dependency>
                <dependency>
                  <groupId>${project.groupId}</groupId>
                  <artifactId>sibling</artifactId>
                  <version>${project.version}</version>
                  <optional>true</optional>
                  <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions>
                </dependency>
                <dependency>
                  <groupId>org.junit.jupiter</groupId>
                  <artifactId>junit-jupiter</artifactId>
                </dependency>
              </dependencies>
              <build><plugins><plugin><artifactId>not-a-dependency</artifactId></plugin></plugins></build>
            </project>
            """;

    private static final String PARENT = """
            <project>
              <groupId>org.example</groupId>
              <artifactId>parent</artifactId>
              <version>1.2.3</version>
              <properties>
                <gson.version>2.0</gson.version>
                <junit.version>${junit.major}.9.1</junit.version>
                <junit.major>5</junit.major>
              </properties>
              <dependencyManagement>
                <dependencies>
                  <dependency>
                    <groupId>com.google.code.gson</groupId>
                    <artifactId>gson</artifactId>
                    <version>${gson.version}</version>
                  </dependency>
                  <dependency>
                    <groupId>org.junit.jupiter</groupId>
                    <artifactId>junit-jupiter</artifactId>
                    <version>${junit.version}</version>
                    <scope>test</scope>
                  </dependency>
                </dependencies>
              </dependencyManagement>
              <dependencies>
                <dependency>
                  <groupId>org.slf4j</groupId>
                  <artifactId>slf4j-api</artifactId>
                  <version>[2.0.9]</version>
                </dependency>
              </dependencies>
            </project>
            """;

    @Test
    void versions_and_scopes_come_from_properties_and_parents_and_the_child_overrides() {
        Manifest manifest = Given.manifest("shop/pom.xml", CHILD, Map.of("../pom.xml", PARENT));

        assertThat(Given.components(manifest))
                .containsExactly(
                        "12 RUNTIME com.google.code.gson:gson@2.8.9",
                        "16 OPTIONAL org.example:sibling@1.2.3",
                        "23 DEVELOPMENT org.junit.jupiter:junit-jupiter@5.9.1",
                        "2 RUNTIME org.slf4j:slf4j-api@2.0.9");
        assertThat(manifest.graph().knowledge()).isEqualTo(DependencyGraph.Knowledge.DIRECT);
    }

    @Test
    void what_no_pom_at_hand_gives_is_open_with_a_warning() {
        ManifestReading reading = Given.reading("pom.xml", CHILD);

        assertThat(Given.components(Given.manifest(reading)))
                .containsExactly(
                        "12 RUNTIME com.google.code.gson:gson",
                        "16 OPTIONAL org.example:sibling@1.2.3",
                        "23 RUNTIME org.junit.jupiter:junit-jupiter");
        assertThat(Given.warnings(reading))
                .hasSize(2)
                .first()
                .isEqualTo("line 12: the version of 'com.google.code.gson:gson' is not known here:"
                        + " no pom at hand gives it");
    }

    @Test
    void a_parent_with_another_artifact_id_does_not_count() {
        String stranger = PARENT.replace("<artifactId>parent</artifactId>", "<artifactId>stranger</artifactId>");

        Manifest manifest = Given.manifest("pom.xml", CHILD, Map.of("../pom.xml", stranger));

        assertThat(manifest.components()).hasSize(3);
    }

    @Test
    void parents_in_a_circle_and_properties_that_double_come_to_an_end() {
        var properties = new StringBuilder("<a0>${a0}</a0>");
        for (int i = 1; i <= 60; i++) {
            properties.append("<a%d>${a%d}${a%d}</a%d>".formatted(i, i - 1, i - 1, i));
        }
        String pom = """
                <project>
                  <parent><groupId>g</groupId><artifactId>a</artifactId><version>1</version></parent>
                  <artifactId>a</artifactId>
                  <properties>%s</properties>
                  <dependencies>
                    <dependency><groupId>g</groupId><artifactId>bomb</artifactId><version>${a60}</version></dependency>
                  </dependencies>
                </project>
                """.formatted(properties);

        ManifestReading reading = Manifests.read(
                "pom.xml",
                pom.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Given.files(Map.of("../pom.xml", pom, "../../pom.xml", pom, "../../../pom.xml", pom)));

        assertThat(Given.components(Given.manifest(reading))).containsExactly("6 RUNTIME g:bomb");
    }

    @Test
    void a_document_type_is_refused_before_anything_in_it_counts() {
        ManifestReading.Refused refused = Given.refused("pom.xml", """
                <?xml version="1.0"?>
                <!DOCTYPE project [ <!ENTITY x SYSTEM "file:///etc/passwd"> <!ENTITY l "ha"> <!ENTITY m "&l;&l;"> ]>
                <project><version>&x;&m;</version></project>
                """);

        assertThat(refused.reason()).contains("document type");
    }

    @Test
    void gradle_lockfiles_tell_development_by_the_configurations() {
        Manifest manifest = Given.manifest("gradle.lockfile", """
                # This is a Gradle generated file for dependency locking.
                com.google.guava:guava:31.1-jre=compileClasspath,runtimeClasspath,testRuntimeClasspath
                org.junit.jupiter:junit-jupiter:5.9.1=testCompileClasspath,testRuntimeClasspath
                org.projectlombok:lombok:1.18.24=annotationProcessor
                empty=signatures
                """);
        Manifest old = Given.manifest("gradle/dependency-locks/testRuntimeClasspath.lockfile", "a:b:1.0\n");

        assertThat(Given.components(manifest))
                .containsExactly(
                        "2 RUNTIME com.google.guava:guava@31.1-jre",
                        "3 DEVELOPMENT org.junit.jupiter:junit-jupiter@5.9.1",
                        "4 DEVELOPMENT org.projectlombok:lombok@1.18.24");
        assertThat(Given.components(old)).containsExactly("1 DEVELOPMENT a:b@1.0");
        assertThat(Given.refused("gradle.lockfile", "hello\n").line()).isEqualTo(1);
    }
}
