// SPDX-License-Identifier: Apache-2.0
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.dmn.DmnEngine;
import org.camunda.dmn.parser.ParsedDmn;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;

/** dmn-scala, the DMN engine inside Camunda 8. */
final class Camunda8Engine implements Engine {
    private final DmnEngine engine = new DmnEngine.Builder().build();
    private final ParsedDmn model;
    private final String decision;

    Camunda8Engine(String text, String decision) {
        model = right(engine.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        this.decision = "decision_" + decision;
    }

    private static <L, R> R right(Either<L, R> either) {
        if (either.isLeft()) throw new IllegalStateException(either.left().get().toString());
        return either.toOption().get();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object run(Object input) {
        DmnEngine.EvalResult made = right(engine.eval(model, decision, (Map<String, Object>) input));
        return made.isNil() ? null : made.value();
    }

    @Override
    public Object plain(Object answer) {
        if (answer instanceof scala.math.BigDecimal number) return number.bigDecimal();
        if (!(answer instanceof scala.collection.Map<?, ?> map)) return answer;
        Map<String, Object> made = new LinkedHashMap<>();
        CollectionConverters.asJava(map).forEach((name, part) -> made.put(String.valueOf(name), plain(part)));
        return made;
    }
}
