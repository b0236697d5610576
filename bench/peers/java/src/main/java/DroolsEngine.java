// SPDX-License-Identifier: Apache-2.0
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.kie.api.io.Resource;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;

/** KIE DMN (Drools): a fresh context for each evaluation, since an evaluation writes into it. */
final class DroolsEngine implements Engine {
    private final DMNRuntime runtime;
    private final DMNModel model;
    private final String decision;

    DroolsEngine(String text, String decision) {
        Resource resource = ResourceFactory.newReaderResource(new StringReader(text), "UTF-8");
        resource.setSourcePath("model.dmn");
        runtime = DMNRuntimeBuilder.fromDefaults().buildConfiguration().fromResources(List.of(resource))
            .getOrElseThrow(IllegalStateException::new);
        model = runtime.getModels().get(0);
        this.decision = decision;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object run(Object input) {
        DMNContext context = runtime.newContext();
        ((Map<String, Object>) input).forEach(context::set);
        DMNResult result = runtime.evaluateByName(model, context, decision);
        return result.getDecisionResultByName(decision).getResult();
    }
}
