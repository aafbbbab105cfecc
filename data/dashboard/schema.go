package dashboard

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
