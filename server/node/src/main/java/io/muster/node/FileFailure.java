package io.muster.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/// Why a file could not be read or written, in words. Java's own messages are often the bare path.
public final class FileFailure {
    private FileFailure() {}

    /// The reason alone, to stand after what was tried on which path.
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "it is there already";
            case NotDirectoryException _ -> "it is not a folder";
            case DirectoryNotEmptyException _ -> "the folder is not empty";
            case FileSystemLoopException _ -> "its links lead in a circle";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            case FileSystemException _ -> "the file system refuses it";
            case CharacterCodingException _ -> "it is not text in UTF-8";
            default -> Objects.requireNonNullElse(e.getMessage(), "it cannot be read or written");
        };
    }

    /// The reason behind a wrapped exception.
    public static String of(UncheckedIOException e) {
        return of(Objects.requireNonNull(e.getCause(), "always made with a cause"));
    }
}
