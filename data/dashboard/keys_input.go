package dashboard

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// ref is a name that a file uses, and where.
type ref struct {
	name string
	at   Place
}

// inputKinds are the kinds of inputs and what they are.
var inputKinds = []struct{ name, doc string }{
	{"multiselect", "Several of the values of a column."},
	{"selectbox", "One of the values of a column."},
	{"text", "Words that the column contains."},
	{"range", "The least and the greatest number or date."},
	{"toggle", "The rows where the column is true."},
}

func inputNames() []string {
	var names []string
	for _, k := range inputKinds {
		names = append(names, k.name)
	}
	return names
}

// inputs are choices above the rows. Pages may also use those of tabgate.yaml.
func inputs(use bool) codec[[]Input] {
	known := inputNames()
	if use {
		known = append(known, "use")
	}
	c := codec[Input]{
		read: func(r *reader, n *yaml.Node, v *Input) { r.input(n, known, v) },
		write: func(v Input) *yaml.Node {
			n := mappingNode()
			if v.Shared && use {
				n.Content = append(n.Content, textNode("use"), textNode(v.Name))
				return n
			}
			n.Content = append(n.Content, textNode(v.Kind), inputKeys(v.Kind).write(v))
			return n
		},
		schema: func() schema { return inputSchema(use) },
	}
	return listOf(c, "a list of inputs", false)
}

func inputSchema(use bool) schema {
	keys, snippets := schema{}, []any{}
	for _, k := range inputKinds {
		s := inputKeys(k.name).describe()
		s["description"] = k.doc
		keys[k.name] = s
		snippets = append(snippets, schema{"label": k.name, "body": schema{k.name: schema{"name": "$1", "source": "$2", "field": "$3"}}})
	}
	if use {
		s := name("").schema()
		s["description"] = "The name of an input of tabgate.yaml, which pages share."
		keys["use"] = s
	}
	return schema{
		"type": "object", "properties": keys, "additionalProperties": false, "minProperties": 1, "maxProperties": 1,
		"defaultSnippets": snippets,
	}
}

func (r *reader) input(n *yaml.Node, known []string, v *Input) {
	v.At = r.place(n)
	if !r.mapping(n, "an input") {
		return
	}
	if len(n.Content) != 2 {
		r.wrong(n, "an input is one of %s, and its keys stand below that", strings.Join(known, ", "))
		return
	}
	k, keys := n.Content[0], n.Content[1]
	switch {
	case !contains(known, k.Value):
		r.unknown(k, "input", known)
	case keys.Kind == refused:
	case k.Value == "use":
		v.Shared = true
		name("the name of a shared input").read(r, keys, &v.Name)
		v.At = r.place(keys)
	default:
		v.Kind = k.Value
		r.named = map[string]Place{}
		inputKeys(v.Kind).read(r, keys, v)
		v.named, r.named = r.named, nil
	}
}

func inputKeys(kind string) object[Input] {
	choice := kind == "multiselect" || kind == "selectbox"
	o := object[Input]{what: "a " + kind, keys: []key[Input]{
		must(bind("name", "What where calls it, as $name, and SQL, as :name.", inputName(), func(i *Input) *string { return &i.Name })),
		bind("label", "The words before it.", line(), func(i *Input) *string { return &i.Label }),
		bind("source", "The source that it filters.", reference("the name of a source"), func(i *Input) *string { return &i.Source }),
		bind("field", "The column that it filters by.", fieldName(), func(i *Input) *string { return &i.Field }),
		{
			name: "default", doc: defaultDoc(kind), schema: func() schema { return defaultSchema(kind) },
			read:  func(r *reader, n *yaml.Node, i *Input) { readDefault(r, n, i, kind) },
			write: func(i *Input) *yaml.Node { return writeDefault(i, kind) },
		},
		bind("required", "What is said where nothing is chosen. Nothing chosen filters nothing if it is not said.", line(), func(i *Input) *string { return &i.Required }),
	}, check: func(r *reader, n *yaml.Node, i *Input) { checkInput(r, n, i, choice) }}
	if choice {
		o.keys = append(o.keys,
			bind("options", "What can be chosen, where that is not the column's values.", listOf(line(), "a list of values", false), func(i *Input) *[]string { return &i.Options }),
			bind("from", "The input that this one's options depend on.", reference("the name of an input"), func(i *Input) *string { return &i.From }),
		)
	}
	return o
}

func defaultDoc(kind string) string {
	switch kind {
	case "multiselect", "selectbox":
		return "What is chosen at first: values, all, or {first: N}. All if it is not said."
	case "range":
		return "The range at first: [least, greatest], or {last: 30d} back from today. All if it is not said."
	case "toggle":
		return "Whether it is on at first."
	}
	return "The words at first."
}

func checkInput(r *reader, n *yaml.Node, i *Input, choice bool) {
	if choice && value(n, "default") == nil {
		i.All = true
	}
	switch {
	case i.Field != "" && i.Source == "" && value(n, "source") == nil:
		r.wrong(at(n, "field"), "field needs source: the source that has the column")
	case i.Source != "" && i.Field == "" && value(n, "field") == nil:
		r.wrong(at(n, "source"), "source needs field: the column that is filtered by")
	case choice && i.Source == "" && i.Options == nil && value(n, "options") == nil && value(n, "source") == nil:
		r.wrong(n, "there is nothing to choose from: name source and field, or list options")
	}
	if i.Options != nil && len(i.Options) == 0 {
		r.wrong(at(n, "options"), "options is empty: list what can be chosen, or take it out")
	}
	for _, d := range i.Default {
		if i.Options != nil && choice && !contains(i.Options, d) {
			r.wrong(at(n, "default"), "%s is none of the options%s", d, hint(d, i.Options))
		}
	}
}

// inputName is a name that can stand behind $ and :.
func inputName() codec[string] {
	c := name("the name of an input")
	read := c.read
	c.read = func(r *reader, n *yaml.Node, v *string) {
		if read(r, n, v); *v != "" && !validName(*v) {
			r.wrong(n, "%s is no name for an input: letters, digits and _, and no digit first", *v)
		}
	}
	c.schema = func() schema { return schema{"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,63}$"} }
	return c
}

func values() codec[[]string] { return listOf(line(), "a list of values", true) }

func readDefault(r *reader, n *yaml.Node, i *Input, kind string) {
	switch kind {
	case "multiselect", "selectbox":
		readChoice(r, n, i, kind == "selectbox")
	case "range":
		readRange(r, n, i)
	case "toggle":
		var on bool
		if yes().read(r, n, &on); on {
			i.Default = []string{"true"}
		}
	default:
		var words string
		if line().read(r, n, &words); words != "" {
			i.Default = []string{words}
		}
	}
}

func readChoice(r *reader, n *yaml.Node, i *Input, single bool) {
	switch {
	case n.Kind == yaml.MappingNode:
		firstKeys().read(r, n, i)
	case n.Kind == yaml.ScalarNode && n.Value == "all" && n.Style == 0:
		i.All = true
	default:
		values().read(r, n, &i.Default)
	}
	if single && len(i.Default) > 1 {
		r.wrong(n, "a selectbox has one value, and this is %d: make it a multiselect", len(i.Default))
	}
}

func firstKeys() object[Input] {
	return object[Input]{what: "a default", keys: []key[Input]{
		must(bind("first", "How many of the first values are chosen.", count(1, 10_000), func(i *Input) *int { return &i.First })),
	}}
}

func lastKeys() object[Input] {
	return object[Input]{what: "a default", keys: []key[Input]{
		must(bind("last", "How far back from today: 30d.", spanWords(), func(i *Input) *string { return &i.Last })),
	}}
}

func readRange(r *reader, n *yaml.Node, i *Input) {
	if n.Kind == yaml.MappingNode {
		lastKeys().read(r, n, i)
		return
	}
	listOf(line(), "the least and the greatest, or {last: 30d}", false).read(r, n, &i.Default)
	if n.Kind == yaml.SequenceNode && len(n.Content) != 2 {
		r.wrong(n, "a range has two ends, the least and the greatest, and this has %d", len(n.Content))
	}
}

func writeDefault(i *Input, kind string) *yaml.Node {
	switch {
	case i.All:
		return nil // which is what nothing says
	case i.First > 0:
		return firstKeys().write(*i)
	case i.Last != "":
		return lastKeys().write(*i)
	case i.Default == nil:
		return nil
	case kind == "toggle":
		return plainNode("true")
	case kind == "text":
		return textNode(strings.Join(i.Default, " "))
	}
	n := sequenceNode()
	for _, d := range i.Default {
		n.Content = append(n.Content, valueNode(d))
	}
	return n
}

func defaultSchema(kind string) schema {
	one := schema{"type": []any{"string", "number", "boolean"}}
	list := schema{"type": "array", "items": one}
	switch kind {
	case "multiselect":
		return schema{"anyOf": []any{one, list, firstKeys().describe()}}
	case "selectbox":
		list["maxItems"] = 1
		return schema{"anyOf": []any{one, list, firstKeys().describe()}}
	case "range":
		list["minItems"], list["maxItems"] = 2, 2
		return schema{"anyOf": []any{list, lastKeys().describe()}}
	case "toggle":
		return schema{"type": "boolean"}
	}
	return one
}
