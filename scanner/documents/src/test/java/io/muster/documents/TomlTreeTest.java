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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-00-10",
                "2025-13-10",
                "2025-06-00",
                "2025-06-31",
                "2025-02-29",
                "1900-02-29",
                "2025-02-29T10:00:00",
                "2025-06-32T10:00:00Z",
                "2025-06-10T24:00:00Z",
                "2025-06-10 10:60:00Z",
                "2025-06-10T10:00:61Z",
                "2025-06-10T10:00:00+24:00",
                "2025-06-10T10:00:00-01:60",
                "24:00:00",
                "10:60:00",
                "10:00:61",
                "10:00:00.",
                "2025-6-1",
                "1__0",
                "01",
                "1.",
                ".5",
                "0x",
                "0b2",
                "+0x1",
                "1e",
                "True",
                "1\u000b",
                "1\u00a0"
            })
    void no_number_or_date_that_is_none_is_taken(String value) {
        assertThatThrownBy(() -> TomlTree.read("a = 1\nb = " + value + "\n"))
                .isInstanceOfSatisfying(
                        MalformedDocumentException.class,
                        said -> assertThat(said.line()).isEqualTo(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-29", "2000-02-29", "23:59:60", "2016-12-31T23:59:60Z", "00:00:00.5", "-nan"})
    void rare_dates_and_numbers_are_taken(String value) {
        assertThat(TomlTree.read("a = " + value + " \t # why\n").text("a")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[fruit]\napple.colour = 1\n[fruit.apple]\n",
                "[fruit]\napple.taste.sweet = 1\n[fruit.apple.taste]\n",
                "fruit.apple = 1\n[fruit]\n",
                "fruit.apple = 1\n[[fruit]]\n",
                "[a.b]\nc = 1\n[a]\nb.d = 2\n",
                "[a.b.c]\nd = 1\n[a]\nb.c.e = 2\n",
                "[a]\nb.c = 1\n[x]\n[a.b]\nd = 2\n",
                "[[a.b]]\nc = 1\n[a]\nb.d = 2\n",
                "a = {}\n[a.b]\n",
                "a = {b = {}, b.c = 1}\n",
                "a = {b.c = 1, b = 2}\n",
                "a = [{}]\n[[a]]\n",
                "[a]\n[[a]]\n",
                "[[a]]\n[a]\n",
                "a.b = 1\na.b.c = 2\n",
                "a = 1\n'a' = 2\n"
            })
    void no_table_or_key_is_given_twice(String text) {
        assertThatThrownBy(() -> TomlTree.read(text)).isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void a_table_made_by_dotted_keys_takes_tables_below_it() {
        TreeNode.Mapping top = TomlTree.read("""
                [fruit]
                apple.colour = "red"
                apple.weight = 2
                [fruit.apple.taste]
                sweet = true
                [fruit.apple.texture.outer]
                smooth = true
                [vegetable.carrot]
                [vegetable]
                leek.long = true
                """);

        TreeNode.Mapping apple = top.mapping("fruit").mapping("apple");
        assertThat(apple.text("weight")).isEqualTo("2");
        assertThat(apple.mapping("taste").says("sweet")).isTrue();
        assertThat(apple.mapping("texture").mapping("outer").says("smooth")).isTrue();
        assertThat(top.mapping("vegetable").mapping("leek").says("long")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = \"b \\ c\"\n",
                "a = \"b \\\n c\"\n",
                "a = \"\"\"b \\ c\"\"\"\n",
                "a = \"\"\"b\"\"\"\"\"\"\n",
                "a = \'\'\'b\'\'\'\'\'\'\n",
                "a = \"b\nc\"\n",
                "a = \"\\u12\"\n",
                "a = \"\\uD800\"\n",
                "a = \"b\u0001\"\n",
                "a = 'b\u007f'\n",
                "a = \"b\rc\"\n",
                "a = 1 # b\u0000",
                "a = 1 # b\u0008",
                "a = 1 # b\rc = 2\n",
                "a = 1\rb = 2\n",
                "\"\"\"a\"\"\" = 1\n",
                "'''a\nb''' = 1\n",
                "\"a\nb\" = 1\n",
                "[\"\"\"a\"\"\"]\n",
                "[[a] ]\n",
                "[ [a]]\n",
                "[a]]\n",
                "[]\n",
                "a..b = 1\n",
                "a = [1,, 2]\n",
                "a = {b = 1,, c = 2}\n"
            })
    void broken_strings_keys_and_control_characters_are_refused(String text) {
        assertThatThrownBy(() -> TomlTree.read(text)).isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void text_of_many_lines_joins_them_and_ends_with_quotes_of_its_own() {
        TreeNode.Mapping top = TomlTree.read("""
                a = \"""
                one \\ \t
                   \r
                  two\"""\""
                b = '''\\ '''''
                """);

        assertThat(top.text("a")).isEqualTo("one two\"\"");
        assertThat(top.text("b")).isEqualTo("\\ ''");
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
