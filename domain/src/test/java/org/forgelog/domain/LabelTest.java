package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;

import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.label.Label;
import org.forgelog.domain.label.LabelColor;
import org.forgelog.domain.label.LabelCommand.CreateLabel;
import org.forgelog.domain.label.LabelCommand.DeleteLabel;
import org.forgelog.domain.label.LabelCommand.EditLabel;
import org.forgelog.domain.label.LabelEvent.LabelCreated;
import org.forgelog.domain.label.LabelEvent.LabelDeleted;
import org.forgelog.domain.label.LabelEvent.LabelEdited;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.label.LabelName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {

    private static final LabelId BUG = new LabelId(9);
    private static final LabelCreated CREATED =
            new LabelCreated(HELLO_WORLD, BUG, "Bug", "d73a4a", "It's broken", OCTOCAT, THEN);

    private final Label label = Label.evolve(null, CREATED);

    @Test
    void aLabelWithoutAColorIsGrey() {
        assertThat(Label.decide(null, create(null, null)))
                .containsExactly(new LabelCreated(HELLO_WORLD, BUG, "Bug", "ededed", null, OCTOCAT, THEN));
    }

    @Test
    void renamingSaysBothNames() {
        assertThat(Label.decide(
                        label, new EditLabel(BUG, HELLO_WORLD, new LabelName("defect"), null, null, OCTOCAT, NOW)))
                .containsExactly(new LabelEdited(HELLO_WORLD, BUG, "Bug", "defect", null, null, OCTOCAT, NOW));
    }

    @Test
    void recolouringKeepsNameAndDescription() {
        LabelEdited edited = new LabelEdited(HELLO_WORLD, BUG, "Bug", "Bug", "00ff00", null, OCTOCAT, NOW);
        EditLabel edit = new EditLabel(BUG, HELLO_WORLD, null, new LabelColor("00ff00"), null, OCTOCAT, NOW);
        assertThat(Label.decide(label, edit)).containsExactly(edited);
        Label green = Label.evolve(label, edited);
        assertThat(green.color()).isEqualTo("00ff00");
        assertThat(green.name()).isEqualTo("Bug");
        assertThat(green.description()).isEqualTo("It's broken");
        assertThat(Label.decide(green, edit)).isEmpty();
    }

    @Test
    void aDeletedLabelIsNotFound() {
        LabelDeleted deleted = new LabelDeleted(HELLO_WORLD, BUG, "Bug", OCTOCAT, NOW);
        assertThat(Label.decide(label, new DeleteLabel(BUG, HELLO_WORLD, OCTOCAT, NOW)))
                .containsExactly(deleted);
        Label gone = Label.evolve(label, deleted);
        assertRejected(Code.NOT_FOUND, () -> Label.decide(gone, new DeleteLabel(BUG, HELLO_WORLD, OCTOCAT, NOW)));
    }

    @Test
    void aNameMayHave50CharactersKeepsItsCaseAndIsUniqueWithout() {
        assertThat(new LabelName("Ü".repeat(50)).key()).isEqualTo("ü".repeat(50));
        assertThat(new LabelName("🐛".repeat(50)).value()).isEqualTo("🐛".repeat(50));
        assertInvalid("name", Fault.CUSTOM, () -> new LabelName("A".repeat(51)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aLabelNeedsAName(@Nullable String name) {
        assertInvalid("name", Fault.MISSING_FIELD, () -> LabelName.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "a\nb", "a\u0000", "\ud800"})
    void aNameIsOneLineWithoutBlanksAroundIt(String name) {
        assertInvalid("name", Fault.INVALID, () -> new LabelName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#d73a4", "#d73a4a", "d73a4", "d73a4aa", "red", "gggggg"})
    void aColorIsSixHexadecimalDigits(String color) {
        assertInvalid("color", Fault.INVALID, () -> new LabelColor(color));
    }

    @Test
    void aDescriptionMayHave100CharactersAndNotOneMore() {
        assertThat(Label.decide(null, create(null, "x".repeat(100)))).hasSize(1);
        assertInvalid("description", Fault.CUSTOM, () -> Label.decide(null, create(null, "x".repeat(101))));
    }

    @Test
    void theLabelsThatEverybodyKnowsAreKnownInAnyCase() {
        assertThat(LabelName.isUsual("Good First Issue")).isTrue();
        assertThat(LabelName.isUsual("area/core")).isFalse();
    }

    private static CreateLabel create(@Nullable LabelColor color, @Nullable String description) {
        return new CreateLabel(BUG, HELLO_WORLD, new LabelName("Bug"), color, description, OCTOCAT, THEN);
    }
}
