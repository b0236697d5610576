// SPDX-License-Identifier: Apache-2.0
import com.gs.dmn.DMNModelRepository;
import com.gs.dmn.ast.TDRGElement;
import com.gs.dmn.ast.TDefinitions;
import com.gs.dmn.context.DMNContext;
import com.gs.dmn.dialect.JavaTimeDMNDialectDefinition;
import com.gs.dmn.log.NopBuildLogger;
import com.gs.dmn.runtime.Context;
import com.gs.dmn.runtime.interpreter.DMNInterpreter;
import com.gs.dmn.runtime.interpreter.EvaluationContext;
import com.gs.dmn.runtime.interpreter.Result;
import com.gs.dmn.serialization.xstream.XMLDMNSerializer;
import com.gs.dmn.transformation.InputParameters;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.time.LocalDate;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;

/** jDMN's interpreter. (Its translation to Java is another product: code to be compiled into a program.) */
final class JdmnEngine implements Engine {
    private final DMNInterpreter<Number, LocalDate, TemporalAccessor, TemporalAccessor, TemporalAmount> interpreter;
    private final TDRGElement element;
    private final String namespace;
    private final String decision;

    JdmnEngine(String text, String decision) {
        InputParameters parameters = new InputParameters();
        TDefinitions definitions = new XMLDMNSerializer(new NopBuildLogger(), parameters).readModel(new StringReader(text));
        DMNModelRepository repository = new DMNModelRepository(definitions);
        interpreter = new JavaTimeDMNDialectDefinition().createDMNInterpreter(repository, parameters);
        namespace = definitions.getNamespace();
        element = repository.findDRGElementByName(namespace, decision);
        this.decision = decision;
    }

    /** It needs its own type for contexts inside of lists. */
    private static Object own(Object value) {
        if (value instanceof List<?> list) return list.stream().map(JdmnEngine::own).toList();
        if (!(value instanceof Map<?, ?> map)) return value;
        Context made = new Context();
        map.forEach((name, part) -> made.add(name, own(part)));
        return made;
    }

    @Override
    public Object prepare(Map<String, Object> row) {
        Map<String, Object> made = new LinkedHashMap<>();
        row.forEach((name, value) -> made.put(name, own(value)));
        return made;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object run(Object input) {
        return Result.value(interpreter.evaluateDecision(namespace, decision,
            EvaluationContext.makeDecisionEvaluationContext(element, (Map<String, Object>) input)));
    }

    @Override
    public Object plain(Object answer) {
        if (!(answer instanceof Context context)) return answer;
        Map<String, Object> made = new LinkedHashMap<>();
        for (Object name : context.getBindings().keySet()) made.put(String.valueOf(name), plain(context.get(name)));
        return made;
    }
}
