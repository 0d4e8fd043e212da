package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.OptionType.INT;
import static io.flinkyarn.autoscaler.config.OptionType.TEXT;
import static io.flinkyarn.autoscaler.config.OptionType.listOf;
import static io.flinkyarn.autoscaler.config.OptionType.oneOf;

import io.flinkyarn.autoscaler.config.Receiver.Kind;
import io.flinkyarn.autoscaler.config.Receiver.MailSecurity;
import java.util.List;
import java.util.stream.Stream;

/** The options of one entry of {@code receivers}: whom to tell about events, and which. */
final class ReceiverOptions {

    /** The list in which the entries stand. */
    static final String LIST = "receivers";

    static final Option<String> NAME = option("name", TEXT)
            .in(new Range<>(
                    "of 1 to 80 letters, digits, dots, hyphens and underscores",
                    name -> name.matches("[A-Za-z0-9._-]{1,80}")))
            .means("The name of the receiver in messages and metrics.");
    static final Option<Kind> TYPE = option("type", oneOf(Kind.class))
            .means("How it is told: by a webhook of a chat, by a webhook of your own (WEBHOOK), or by mail (MAIL).");

    static final Option<List<String>> CLUSTERS =
            option("clusters", listOf(TEXT)).means("Only events of jobs on one of these clusters.");
    static final Option<List<String>> POLICIES =
            option("policies", listOf(TEXT)).means("Only events of jobs for which one of these named policies holds.");
    static final Option<List<String>> TYPES =
            option("event-types", listOf(TEXT)).means("Only events of these types: Normal, Warning.");
    static final Option<List<String>> REASONS = option("event-reasons", listOf(TEXT))
            .means("Only events of these reasons, such as RescaleFailed; notifications.md lists them.");

    static final PlaceOptions URL = new PlaceOptions("url", "the address of the webhook, which is a secret");
    static final PlaceOptions SECRET =
            new PlaceOptions("secret", "the secret that DingTalk or Feishu wants messages to be signed with");

    static final Option<String> MAIL_HOST = option("mail.host", TEXT).means("The SMTP server.");
    static final Option<Integer> MAIL_PORT =
            option("mail.port", INT).in(Range.between(1, 65535)).orElse(25).means("The port of the SMTP server.");
    static final Option<MailSecurity> MAIL_SECURITY = option("mail.security", oneOf(MailSecurity.class))
            .orElse(MailSecurity.STARTTLS)
            .means(
                    "How the connection to it is protected: with TLS from the start (TLS), after a greeting (STARTTLS), or not at all (NONE).");
    static final Option<String> MAIL_USER =
            option("mail.username", TEXT).means("The user to log in as, where it wants a login.");
    static final PlaceOptions MAIL_PASSWORD = new PlaceOptions("mail.password", "the password of that user");
    static final Option<String> MAIL_FROM = option("mail.from", TEXT).means("The address that mails come from.");
    static final Option<List<String>> MAIL_TO =
            option("mail.to", listOf(TEXT)).means("The addresses that mails go to.");

    /** The places where a secret may be: never the options themselves. */
    record PlaceOptions(Option<String> variable, Option<String> file) {

        PlaceOptions(String name, String of) {
            this(
                    option(name + "-env-variable", TEXT)
                            .means("The name of the environment variable that holds " + of + ". It wins over a file."),
                    option(name + "-file", TEXT)
                            .means("A file that holds " + of
                                    + ", and nothing else; refused where every user may read it."));
        }

        List<Option<?>> all() {
            return List.of(variable, file);
        }
    }

    static final List<Option<?>> OF_WEBHOOK =
            Stream.of(URL.all(), SECRET.all()).<Option<?>>flatMap(List::stream).toList();
    static final List<Option<?>> OF_MAIL = Stream.of(
                    List.of(MAIL_HOST, MAIL_PORT, MAIL_SECURITY, MAIL_USER),
                    MAIL_PASSWORD.all(),
                    List.of(MAIL_FROM, MAIL_TO))
            .<Option<?>>flatMap(List::stream)
            .toList();

    static final Catalogue CATALOGUE = new Catalogue(
            Entries.prefix(LIST),
            Stream.of(List.of(NAME, TYPE, CLUSTERS, POLICIES, TYPES, REASONS), OF_WEBHOOK, OF_MAIL)
                    .<Option<?>>flatMap(List::stream)
                    .toList(),
            List.of());

    private ReceiverOptions() {}

    private static <T> Option<T> option(String name, OptionType<T> type) {
        return Option.of(Entries.prefix(LIST) + name, type);
    }
}
