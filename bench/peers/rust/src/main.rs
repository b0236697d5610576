// SPDX-License-Identifier: Apache-2.0
//! dsntk behind the line protocol of bench/peers/README.md.
//!
//!     dsntk_rows FOLDER WORKLOAD DECISION
use dsntk_common::Jsonify;
use dsntk_feel::context::FeelContext;
use dsntk_feel::values::Value;
use dsntk_feel::Name;
use dsntk_model::{DmnElement, NamedElement};
use dsntk_model_evaluator::ModelEvaluator;
use serde_json::Value as Json;
use std::error::Error;
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::Instant;
use std::{env, fs, io};

type Fallible<T> = Result<T, Box<dyn Error>>;

/// The FEEL value of a JSON one; `date` for an input that the model types so.
fn value(json: &Json, date: bool) -> Fallible<Value> {
    Ok(match json {
        Json::Null => Value::Null(None),
        Json::Bool(it) => Value::Boolean(*it),
        Json::Number(it) => Value::try_from_xsd_decimal(&it.to_string()).map_err(|e| e.to_string())?,
        Json::String(it) if date => Value::try_from_xsd_date(it).map_err(|e| e.to_string())?,
        Json::String(it) => Value::String(it.clone()),
        Json::Array(items) => Value::List(items.iter().map(|each| value(each, false)).collect::<Fallible<Vec<_>>>()?),
        Json::Object(_) => Value::Context(context(json, &[])?),
    })
}

fn context(json: &Json, dates: &[String]) -> Fallible<FeelContext> {
    let mut made = FeelContext::default();
    for (name, part) in json.as_object().ok_or("a row must be an object")? {
        made.set_entry(&Name::from(name.clone()), value(part, dates.contains(name))?);
    }
    Ok(made)
}

/// Names of the inputs that the model types as dates.
fn date_inputs(model: &str) -> Vec<String> {
    let typed = model.split("<variable name=\"").skip(1).filter(|part| part.split('>').next().unwrap_or("").contains("typeRef=\"date\""));
    typed.filter_map(|part| part.split('"').next().map(str::to_string)).collect()
}

struct Engine {
    evaluator: std::sync::Arc<ModelEvaluator>,
    namespace: String,
    model: String,
    decision: String,
}

impl Engine {
    fn new(text: &str, decision: &str) -> Fallible<Self> {
        let definitions = dsntk_model::parse(text).map_err(|e| e.to_string())?;
        let (namespace, model) = (definitions.namespace().to_string(), definitions.name().to_string());
        let evaluator = ModelEvaluator::new(&[definitions]).map_err(|e| e.to_string())?;
        Ok(Engine { evaluator, namespace, model, decision: decision.to_string() })
    }
    fn run(&self, input: &FeelContext) -> Value {
        self.evaluator.evaluate_invocable(&self.namespace, &self.model, &self.decision, input)
    }
}

fn text_of(answer: &Value) -> String {
    if answer.is_null() { "null".to_string() } else { answer.jsonify() }
}

fn main() -> Fallible<()> {
    let given: Vec<String> = env::args().collect();
    let base = format!("{}/{}", given[1], given[2]);
    let model = fs::read_to_string(format!("{base}.dmn"))?;
    let dates = date_inputs(&model);
    let started = Instant::now();
    let engine = Engine::new(&model, &given[3])?;
    let mut lines = io::BufReader::new(fs::File::open(format!("{base}.rows.jsonl"))?).lines();
    let first = context(&serde_json::from_str(&lines.next().ok_or("no rows")??)?, &dates)?;
    black_box(engine.run(&first));
    println!("{{\"load\":{}}}", started.elapsed().as_secs_f64());

    let mut inputs: Vec<FeelContext> = Vec::new();
    let mut at = 0;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split(' ').collect();
        match words[0] {
            "rows" => {
                for each in fs::read_to_string(format!("{base}.rows.jsonl"))?.lines() {
                    inputs.push(context(&serde_json::from_str(each)?, &dates)?);
                }
                println!("{{\"rows\":{}}}", inputs.len());
            }
            "answers" => {
                let most: f64 = words[1].parse()?;
                let from = Instant::now();
                let mut file = io::BufWriter::new(fs::File::create(words[2])?);
                let mut written = 0;
                for input in &inputs {
                    writeln!(file, "{}", text_of(&engine.run(input)))?;
                    written += 1;
                    if from.elapsed().as_secs_f64() > most {
                        break;
                    }
                }
                file.flush()?;
                println!("{{\"rows\":{written}}}");
            }
            "pass" => {
                let count: u64 = words[1].parse()?;
                let mut hits = 0_u64;
                let from = Instant::now();
                for _ in 0..count {
                    hits += u64::from(!black_box(engine.run(&inputs[at])).is_null());
                    at = if at + 1 == inputs.len() { 0 } else { at + 1 };
                }
                println!("{{\"seconds\":{},\"hits\":{hits}}}", from.elapsed().as_secs_f64());
            }
            _ => break,
        }
    }
    Ok(())
}
