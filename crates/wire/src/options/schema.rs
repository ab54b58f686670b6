//! The JSON Schema of the config, for editors, written from the outline. Feature `docs`.

use serde_json::{Map, Value, json};

use super::manual::default_of;
use super::outline::{Node, Outline, Shape};

/// `docs/all-ears.schema.json`, JSON Schema 2020-12.
pub fn schema() -> String {
    let (root, named) = Outline::of_everything();
    let mut whole = node(&root, "");
    let named: Map<String, Value> =
        named.iter().map(|(name, own)| ((*name).to_owned(), node(own, "endpoint"))).collect();
    if let Some(map) = whole.as_object_mut() {
        let head = "https://json-schema.org/draft/2020-12/schema";
        map.insert("$schema".to_owned(), head.into());
        map.insert("title".to_owned(), "All Ears config".into());
        map.insert("$defs".to_owned(), Value::Object(named));
    }
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

fn node(own: &Node, path: &str) -> Value {
    let mut value = one(own, path);
    if !own.also.is_empty() {
        let mut any = vec![value];
        any.extend(own.also.iter().map(|other| one(other, path)));
        value = json!({ "anyOf": any });
    }
    if let Some(map) = value.as_object_mut() {
        if !own.doc.is_empty() {
            map.insert("description".to_owned(), own.doc.into());
        }
        if let Ok(default) = serde_json::from_str::<Value>(&default_of(path, own)) {
            map.insert("default".to_owned(), default);
        }
    }
    value
}

fn one(own: &Node, path: &str) -> Value {
    let below = |child: &Node| {
        let dot = if path.is_empty() { "" } else { "." };
        node(child, &[path, dot, &child.name].concat())
    };
    let first = || own.children.first().map_or(json!({}), below);
    match &own.shape {
        Shape::Unsaid => json!({}),
        Shape::Text(most) => json!({ "type": "string", "maxLength": most }),
        Shape::Form(words) => json!({ "type": "string", "$comment": words }),
        Shape::Number(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Object => {
            let properties: Map<String, Value> =
                own.children.iter().map(|child| (child.name.clone(), below(child))).collect();
            let required: Vec<&str> =
                own.children.iter().filter(|child| child.required).map(|child| child.name.as_str()).collect();
            let mut object = json!({
                "type": "object", "properties": properties, "additionalProperties": false,
            });
            if !required.is_empty() {
                object["required"] = json!(required);
            }
            object
        }
        Shape::Free => json!({ "type": "object", "additionalProperties": first() }),
        Shape::List(most) => json!({ "type": "array", "maxItems": most, "items": first() }),
        Shape::Named(name) => json!({ "$ref": format!("#/$defs/{name}") }),
    }
}
