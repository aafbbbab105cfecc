package dashboard

import (
	"bytes"
	"encoding/json"
)

// describe is what the schema says of an object: its keys and nothing else.
func (o object[T]) describe() schema {
	properties, required := schema{}, []any{}
	for _, k := range o.keys {
		s := k.schema()
		s["description"] = k.doc
		properties[k.name] = s
		if k.required {
			required = append(required, k.name)
		}
	}
	s := schema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	if o.schema != nil {
		o.schema(s)
	}
	return s
}

func panelSchema() schema {
	s := panelKeys().describe()
	properties, _ := s["properties"].(schema)
	var snippets, kinds []any
	for _, k := range panelKinds() {
		one := k.schema()
		one["description"] = k.doc
		properties[k.name] = one
		kinds = append(kinds, schema{"required": []any{k.name}})
		snippets = append(snippets, schema{"label": k.name, "description": k.doc, "body": schema{k.name: k.snippet}})
	}
	s["oneOf"], s["defaultSnippets"] = kinds, snippets
	return s
}

// PageSchema is the JSON Schema (draft-07) of a page, for editors.
func PageSchema() []byte {
	s := pageKeys().describe()
	s["anyOf"] = []any{schema{"required": []any{"rows"}}, schema{"required": []any{"sources"}}}
	s["definitions"] = schema{"panel": panelSchema()}
	s["defaultSnippets"] = []any{schema{
		"label": "page", "description": "A page with a source and a table.",
		"body": schema{
			"groups": []any{}, "sources": schema{"${1:figures}": schema{"path": "data/$2.csv"}},
			"rows": []any{[]any{schema{"table": schema{"source": "${1:figures}"}}}},
		},
	}}
	return document(s, PageSchemaURL, "A page of tabgate")
}

// FolderSchema is the JSON Schema (draft-07) of tabgate.yaml.
func FolderSchema() []byte {
	s := folderKeys().describe()
	s["type"] = []any{"object", "null"} // a file with nothing in it makes a folder a dashboard
	return document(s, FolderSchemaURL, "What the pages of a folder of tabgate share")
}

func document(s schema, id, title string) []byte {
	s["$schema"], s["$id"], s["title"] = "http://json-schema.org/draft-07/schema#", id, title
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		panic(err) // texts, numbers, lists and maps alone
	}
	return b.Bytes()
}
