package io.flinkyarn.autoscaler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip file that only its owner may read, and out of which every secret is taken. Belongs to one thread. */
final class SupportBundle implements AutoCloseable {

    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final ZipOutputStream zip;
    private final String folder;
    private final Redaction redaction;
    private final List<String> contents = new ArrayList<>();

    private SupportBundle(OutputStream file, String folder, Redaction redaction) {
        this.zip = new ZipOutputStream(file, UTF_8);
        this.folder = folder;
        this.redaction = redaction;
    }

    /** @throws IOException if the file is there already, or cannot be made */
    static SupportBundle create(Path file, Redaction redaction) throws IOException {
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.newByteChannel(file, NEW, onlyOwner).close();
        String folder = String.valueOf(file.getFileName()).replaceFirst("\\.zip$", "");
        return new SupportBundle(Files.newOutputStream(file), folder, redaction);
    }

    /** Something that may not be had. */
    interface Source {
        String read() throws IOException, InterruptedException;
    }

    /** Adds a text, or notes why it is not there. */
    void add(String name, Source source) throws IOException, InterruptedException {
        String text;
        try {
            text = source.read();
        } catch (IOException e) {
            contents.add(name + ": LEFT OUT, "
                    + redaction.of(String.valueOf(e.getMessage())).strip());
            return;
        }
        put(name, text);
        contents.add(name);
    }

    private void put(String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(folder + "/" + name));
        zip.write(redaction.of(text).getBytes(UTF_8));
        zip.closeEntry();
    }

    /** What is in it, and what is not, and why. */
    List<String> contents() {
        return List.copyOf(contents);
    }

    /** Adds the table of contents, too. */
    @Override
    public void close() throws IOException {
        try (zip) {
            put("CONTENTS.txt", String.join("\n", contents));
        }
    }
}
