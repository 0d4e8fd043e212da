package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import io.flinkyarn.autoscaler.config.Receiver.Kind;
import io.flinkyarn.autoscaler.config.Receiver.MailOptions;
import io.flinkyarn.autoscaler.config.ReceiverOptions.PlaceOptions;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads whom to tell about events: the entries of {@code receivers}. For one thread, for one reading. */
final class ReceiverReader {

    private final Settings settings;
    private final OptionReader problems;
    private final Set<String> policies;

    /**
     * @param problems takes what is wrong
     * @param policies names of the policies that there are
     */
    ReceiverReader(Settings settings, OptionReader problems, Set<String> policies) {
        this.settings = settings;
        this.problems = problems;
        this.policies = policies;
    }

    List<Receiver> read() {
        List<Receiver> receivers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < settings.entries(ReceiverOptions.LIST); i++) {
            Entry entry = new Entry(i, new OptionReader(settings.entry(ReceiverOptions.LIST, i)));
            entry.read().ifPresent(receiver -> {
                receivers.add(receiver);
                if (!names.add(receiver.name())) {
                    entry.options.refuse(ReceiverOptions.NAME, "expected a name that no other receiver has");
                }
            });
            entry.options.problems().forEach(problems::add);
        }
        return receivers;
    }

    /** One entry of the list. */
    private final class Entry {

        private final int number;
        private final OptionReader options;

        Entry(int number, OptionReader options) {
            this.number = number;
            this.options = options;
        }

        /** Empty only where a problem says why. */
        Optional<Receiver> read() {
            options.check(ReceiverOptions.CATALOGUE);
            Optional<String> name = options.find(ReceiverOptions.NAME);
            Optional<Kind> kind = options.find(ReceiverOptions.TYPE);
            require(ReceiverOptions.NAME, "a name of its own");
            require(ReceiverOptions.TYPE, "how it is told, one of " + List.of(Kind.values()));
            if (!policies.containsAll(set(ReceiverOptions.POLICIES))) {
                options.refuse(ReceiverOptions.POLICIES, "expected names of policies, which are " + policies);
            }
            kind.ifPresent(this::check);
            if (name.isEmpty() || kind.isEmpty() || !options.problems().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Receiver(
                    name.get(),
                    kind.get(),
                    set(ReceiverOptions.CLUSTERS),
                    set(ReceiverOptions.POLICIES),
                    set(ReceiverOptions.TYPES),
                    set(ReceiverOptions.REASONS),
                    place(ReceiverOptions.URL),
                    place(ReceiverOptions.SECRET),
                    kind.get() == Kind.MAIL ? Optional.of(mail()) : Optional.empty()));
        }

        private void check(Kind kind) {
            boolean mail = kind == Kind.MAIL;
            (mail ? ReceiverOptions.OF_WEBHOOK : ReceiverOptions.OF_MAIL)
                    .stream()
                            .filter(options::isSet)
                            .forEach(option -> options.refuse(option, "expected nothing here where type is " + kind));
            if (mail) {
                require(ReceiverOptions.MAIL_HOST, "the name of the SMTP server");
                require(ReceiverOptions.MAIL_FROM, "the address that mails come from");
                require(ReceiverOptions.MAIL_TO, "the addresses that mails go to");
            } else if (ReceiverOptions.URL.all().stream().noneMatch(options::isSet)) {
                require(
                        ReceiverOptions.URL.file(),
                        "a file with the address of the webhook, or url-env-variable: it is a secret, and cannot stand here");
            }
        }

        private MailOptions mail() {
            return new MailOptions(
                    options.find(ReceiverOptions.MAIL_HOST).orElseThrow(),
                    options.get(ReceiverOptions.MAIL_PORT),
                    options.get(ReceiverOptions.MAIL_SECURITY),
                    options.find(ReceiverOptions.MAIL_USER),
                    place(ReceiverOptions.MAIL_PASSWORD),
                    options.find(ReceiverOptions.MAIL_FROM).orElseThrow(),
                    options.find(ReceiverOptions.MAIL_TO).orElseThrow());
        }

        private Password place(PlaceOptions place) {
            return new Password(
                    options.find(place.variable()),
                    options.find(place.file()).map(Path::of),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        private Set<String> set(Option<List<String>> option) {
            return Set.copyOf(options.find(option).orElse(List.of()));
        }

        private void require(Option<?> option, String expected) {
            if (!options.isSet(option)) {
                String written = Entries.prefix(ReceiverOptions.LIST, number)
                        + option.key()
                                .substring(Entries.prefix(ReceiverOptions.LIST).length());
                options.add(new Problem(written, written + ": expected " + expected));
            }
        }
    }
}
