package io.flinkyarn.autoscaler.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The command line in a directory of its own. */
final class CommandRun {

    final Map<String, String> environment = new HashMap<>();
    final Directories directories;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    CommandRun(Path home) {
        directories = new Directories(home.resolve("conf"), home.resolve("run"));
        environment.put("AUTOSCALER_DATA_DIR", home.resolve("data").toString());
    }

    /** Returns the exit code; {@link #out} and {@link #err} are those of this call. */
    int call(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.execute(
                new Surroundings(directories, environment),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** What was printed, all of which has to be one JSON value. */
    JsonNode json() throws JsonProcessingException {
        return JsonMapper.builder().build().readTree(out());
    }
}
