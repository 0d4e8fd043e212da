package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.SetOption.By;
import java.util.Optional;

/** Where a value was written, in words for people. */
public sealed interface Origin {

    /** Whose word it is. */
    default By by() {
        return By.DAEMON;
    }

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

    /** A named policy. */
    record Policy(String name, Origin where) implements Origin {

        @Override
        public By by() {
            return By.POLICY;
        }

        @Override
        public String toString() {
            return "policy " + name + ", " + where;
        }
    }

    /** A tag of the YARN application, as the ResourceManager shows it. */
    record Tag(String tag) implements Origin {

        @Override
        public By by() {
            return By.TAG;
        }

        @Override
        public String toString() {
            return "YARN tag " + tag;
        }
    }

    /** A named policy that allows no more. */
    record Cap(String policy, Origin where) implements Origin {

        @Override
        public By by() {
            return By.CAP;
        }

        @Override
        public String toString() {
            return "cap of policy " + policy + ", " + where;
        }
    }

    /** The configuration of the Flink job itself. */
    record FlinkJob() implements Origin {

        @Override
        public By by() {
            return By.JOB;
        }

        @Override
        public String toString() {
            return "configuration of the Flink job";
        }
    }

    /** What a person has ordered. */
    record Order(String who) implements Origin {

        @Override
        public By by() {
            return By.ORDER;
        }

        @Override
        public String toString() {
            return "ordered " + who;
        }
    }

    record Default() implements Origin {

        @Override
        public String toString() {
            return "default";
        }
    }
}
