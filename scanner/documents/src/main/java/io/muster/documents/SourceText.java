package io.muster.documents;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// From bytes to text: UTF-8, or UTF-16 when a byte order mark or the pattern of zero bytes says so.
///
/// PowerShell writes `pip freeze > requirements.txt` as UTF-16, so that is met in practice. Other
/// encodings are refused: a name read wrongly would be a package that nobody has, and its advisories
/// would be missed in silence.
public final class SourceText {

    private SourceText() {}

    /// @throws MalformedDocumentException if it is in no encoding that is read, or broken in its own
    public static String decode(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE, 0, 0) || startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            throw new MalformedDocumentException("the file is UTF-32; save it as UTF-8", 1);
        }
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return decode(bytes, 3, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return decode(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return decode(bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (bytes.length > 1 && bytes[1] == 0 && bytes[0] != 0) {
            return decode(bytes, 0, StandardCharsets.UTF_16LE);
        }
        if (bytes.length > 1 && bytes[0] == 0 && bytes[1] != 0) {
            return decode(bytes, 0, StandardCharsets.UTF_16BE);
        }
        return decode(bytes, 0, StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static String decode(byte[] bytes, int from, Charset charset) {
        String text = new String(bytes, from, bytes.length - from, charset);
        if (text.indexOf('\ufffd') >= 0) {
            checkStrictly(bytes, from, charset); // the sign stands for malformed bytes, or for itself
        }
        if (text.indexOf('\0') >= 0) {
            throw new MalformedDocumentException("the file holds a zero character: it is not text", 0);
        }
        return text;
    }

    private static void checkStrictly(byte[] bytes, int from, Charset charset) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(bytes.length - from);
        if (charset.newDecoder().decode(in, out, true).isError()) {
            int line = 1 + (int) out.flip().chars().filter(c -> c == '\n').count();
            throw new MalformedDocumentException(
                    "the file is not valid " + charset.name() + " at byte " + in.position(), line);
        }
    }

    /// Calls back with each line, without its end (`\n`, `\r\n`, or `\r` alone), and its number from 1.
    public static void eachLine(String text, BiConsumer<String, Integer> visitor) {
        int number = 1;
        int start = 0;
        while (start < text.length()) {
            int stop = start;
            while (stop < text.length() && text.charAt(stop) != '\n' && text.charAt(stop) != '\r') {
                stop++;
            }
            String line = text.substring(start, stop);
            refuseConflict(line, number);
            visitor.accept(line, number++);
            start = text.startsWith("\r\n", stop) ? stop + 2 : stop + 1;
        }
    }

    /// Half of two versions of a file is neither; git leaves both, and what they came from, where it could not join
    /// them.
    private static void refuseConflict(String line, int number) {
        if (line.startsWith("<<<<<<< ")
                || line.startsWith("||||||| ")
                || line.startsWith(">>>>>>> ")
                || line.equals("=======")) {
            throw new MalformedDocumentException("a merge conflict is not resolved here", number);
        }
    }

    /// The words of a line, which blanks separate.
    public static List<String> words(String line) {
        var words = new ArrayList<String>();
        int start = -1;
        for (int i = 0; i <= line.length(); i++) {
            boolean isBlank = i == line.length() || Character.isWhitespace(line.charAt(i));
            if (isBlank && start >= 0) {
                words.add(line.substring(start, i));
                start = -1;
            } else if (!isBlank && start < 0) {
                start = i;
            }
        }
        return words;
    }
}
