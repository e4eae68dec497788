package org.forgelog.command.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.forgelog.api.openapi.Catalogue;
import org.forgelog.api.openapi.Operation;
import org.forgelog.domain.Rejection;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a body is read as is what it is declared to be. */
class FieldsTest {

    @Test
    void givenAFieldThatIsNotDeclared_thenItCannotBeRead() {
        assertThatThrownBy(() -> fields("issues/create", "{}").text("colour"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> fields("issues/delete-comment", "{}").flag("force"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givenAFieldThatMayBeMissing_thenItCannotBeReadAsIfItHadToBeThere() {
        assertThatThrownBy(() -> fields("issues/create", "{}").requiredText("body"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givenWords_thenTheDeclaredOnesAreTaken() {
        assertThat(fields("issues/update", "{\"state\":\"closed\"}").word("state"))
                .isEqualTo("closed");
        Fields wrong = fields("issues/update", "{\"state\":\"shut\"}");
        assertThat(wrong.word("state")).isNull();
        assertThatThrownBy(wrong::check).isInstanceOf(Rejection.class);
    }

    private static Fields fields(String id, String body) {
        Operation operation = Catalogue.operations()
                .filter(declared -> declared.id().equals(id))
                .findAny()
                .orElseThrow();
        return new Fields(operation, "Thing", (ObjectNode) new JsonMapper().readTree(body));
    }
}
