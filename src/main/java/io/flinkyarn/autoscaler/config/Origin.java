package io.flinkyarn.autoscaler.config;

import java.util.Optional;

/** Where a value was written, in words for people. */
public sealed interface Origin {

    /** @param line from 1; empty where it is not known */
    record File(String path, Optional<Integer> line) implements Origin {

        @Override
        public String toString() {
            return path + line.map(number -> ", line " + number).orElse("");
        }
    }

    record Environment(String variable) implements Origin {

        @Override
        public String toString() {
            return "environment variable " + variable;
        }
    }

    record CommandLine() implements Origin {

        @Override
        public String toString() {
            return "command line";
        }
    }

    /** The configuration of the Flink job itself. */
    record FlinkJob() implements Origin {

        @Override
        public String toString() {
            return "configuration of the Flink job";
        }
    }

    record Default() implements Origin {

        @Override
        public String toString() {
            return "default";
        }
    }
}
