// SPDX-License-Identifier: Apache-2.0
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;

/** Camunda 7's engine with its FEEL for all cells; its default for outputs and expressions is another language (JUEL). */
final class Camunda7Engine implements Engine {
    private final DmnEngine engine;
    private final DmnDecision decision;
    private final String name;

    Camunda7Engine(String text, String decision) {
        DefaultDmnEngineConfiguration options = new DefaultDmnEngineConfiguration();
        options.setDefaultOutputEntryExpressionLanguage("feel");
        options.setDefaultLiteralExpressionLanguage("feel");
        options.setDefaultInputExpressionExpressionLanguage("feel");
        engine = options.buildEngine();
        this.decision = engine.parseDecision("decision_" + decision, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        name = decision;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object run(Object input) {
        DmnDecisionResult made = engine.evaluateDecision(decision, (Map<String, Object>) input);
        return made.isEmpty() ? null : made.getSingleResult();
    }

    /** One output is still a map, by the output's or the variable's name. */
    @Override
    public Object plain(Object answer) {
        return answer instanceof Map<?, ?> map && map.size() == 1 ? List.copyOf(map.values()).get(0) : answer;
    }
}
