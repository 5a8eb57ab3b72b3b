package io.muster.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlTreeTest {

    @Test
    void strings_of_all_four_kinds_are_read() {
        TreeNode.Mapping top = TomlTree.read("""
                basic = "a\\tb \\u00e9 \\U0001F600 \\"q\\""
                literal = 'C:\\path'
                many = \"""
                one
                  two \\
                     three\"""
                raw = '''
                it's \\n raw'''
                empty = ""
                """);

        assertThat(top.text("basic")).isEqualTo("a\tb \u00e9 \ud83d\ude00 \"q\"");
        assertThat(top.text("literal")).isEqualTo("C:\\path");
        assertThat(top.text("many")).isEqualTo("one\n  two three");
        assertThat(top.text("raw")).isEqualTo("it's \\n raw");
        assertThat(top.text("empty")).isEmpty();
    }

    @Test
    void numbers_booleans_and_dates_stay_text() {
        TreeNode.Mapping top =
                TomlTree.read("a = 1_000 # comment\nb = true\nc = 1979-05-27 07:32:00Z\nd = [1, 2.5, ]\n");

        assertThat(top.text("a")).isEqualTo("1_000");
        assertThat(top.says("b")).isTrue();
        assertThat(top.text("c")).isEqualTo("1979-05-27 07:32:00Z");
        assertThat(top.listing("d").texts()).extracting(TreeNode.Text::value).containsExactly("1", "2.5");
    }

    @Test
    void tables_arrays_of_tables_and_dotted_keys_nest() {
        TreeNode.Mapping top = TomlTree.read("""
                a.b."c.d" = 1
                [tool.poetry]
                name = "x"
                [[package]]
                name = "one"
                [package.dependencies]
                two = { version = "2", extras = ["a", 'b'] }
                [[package]]
                name = "two"
                """);

        assertThat(top.mapping("a").mapping("b").text("c.d")).isEqualTo("1");
        assertThat(top.mapping("tool").mapping("poetry").text("name")).isEqualTo("x");
        assertThat(top.listing("package").mappings())
                .extracting(p -> p.text("name"))
                .containsExactly("one", "two");
        assertThat(top.listing("package")
                        .mapping(0)
                        .mapping("dependencies")
                        .mapping("two")
                        .text("version"))
                .isEqualTo("2");
        assertThat(top.listing("package").mapping(1).line()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 1\na = 2",
                "[a]\n[a]",
                "a = {b = 1}\n[a.c]",
                "a = {b = 1}\na.c = 2",
                "a = [1]\n[[a]]",
                "a = 1\n[a.b]",
                "a = \"x",
                "a = '''x",
                "a = [1, 2",
                "a = {b = 1",
                "a",
                "a =",
                "= 1",
                "[a",
                "a = \"\\q\"",
                "a = \"\\uD8\"",
                "a = \"\\U00110000\"",
                "a = 1 b = 2\n= 3",
                "[a] b = 1"
            })
    void what_toml_forbids_is_refused(String text) {
        assertThatThrownBy(() -> TomlTree.read(text)).isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void nesting_is_bounded() {
        assertThatThrownBy(() -> TomlTree.read("a = " + "[".repeat(100_000)))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("nested");
        assertThatThrownBy(() -> TomlTree.read("a.".repeat(100_000) + "b = 1"))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("parts");
    }
}
