package io.flinkyarn.autoscaler.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as an administrator makes them; the hashes are those of {@code openssl passwd -6 -salt saltstring 'Hello world!'} and -5. */
class PasswordFileTest {

    private static final String SHA_512 =
            "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";
    private static final String SHA_256 = "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5";

    private final PasswordFile file =
            PasswordFile.of(List.of("# on call", "", "ann:" + SHA_512, "  ben@example.com:" + SHA_256 + " "));

    private boolean isRight(String name, String password) {
        return file.isRight(name, password.getBytes(UTF_8));
    }

    @Test
    void thePasswordOfAHashIsRight() {
        assertThat(isRight("ann", "Hello world!")).isTrue();
        assertThat(isRight("ben@example.com", "Hello world!")).isTrue();
    }

    @Test
    void anotherPasswordAnotherNameAndNoPasswordAreWrong() {
        assertThat(isRight("ann", "Hello world")).isFalse();
        assertThat(isRight("carl", "Hello world!")).isFalse();
        assertThat(isRight("ann", "")).isFalse();
        assertThat(isRight("carl", "")).isFalse();
        assertThat(isRight("carl", "\0")).as("the password of nobody").isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "ann:",
                ":" + SHA_512,
                "ann:secret",
                "ann:$1$saltstri$YMyguxXMBpd2TEZ.vS/3q1",
                "ann:$6$salt$short"
            })
    void aLineThatIsNoNameAndHashIsRefusedByItsNumberWithoutWhatItHolds(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordFile.of(List.of("ben:" + SHA_512, line)))
                .withMessage("line 2: expected name:hash with a hash that 'openssl passwd -6' prints");
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordFile.of(List.of("ann:" + SHA_512, "ann:" + SHA_256)))
                .withMessage("line 2: the name stands in an earlier line, too");
    }

    @Test
    void aFileOfNobodyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordFile.of(List.of("# nobody yet")))
                .withMessage("there is no line name:hash in it");
    }
}
