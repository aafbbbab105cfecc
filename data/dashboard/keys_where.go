package dashboard

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/authtabs/tabgate/data/query"
)

// ops are the operators of a condition but is, in the order of the manual.
var ops = []query.Op{
	query.Eq, query.Ne, query.In, query.NotIn, query.Lt, query.Le, query.Gt, query.Ge,
	query.Contains, query.NotContains, query.Between,
}

func opNames() []string {
	names := make([]string, 0, len(ops)+1)
	for _, op := range ops {
		names = append(names, string(op))
	}
	return append(names, "is")
}

func whereOf(p *Panel) *query.Where { return &p.Where }

// whereCodec is what keeps rows: fields, each with operators and values.
func whereCodec() codec[query.Where] {
	return codec[query.Where]{
		read: func(r *reader, n *yaml.Node, v *query.Where) {
			if !r.mapping(n, "columns and what they are compared with") {
				return
			}
			for field, conditions := range pairs(n) {
				if conditions.Kind != refused {
					r.mention(field.Value, field)
					r.conditions(field, conditions, v)
				}
			}
		},
		write: writeWhere,
		schema: func() schema {
			return schema{"type": "object", "additionalProperties": conditionSchema()}
		},
	}
}

func (r *reader) conditions(field, n *yaml.Node, v *query.Where) {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "this is %s: write an operator and its value, such as %s", kind(n), exampleCondition(n))
		return
	}
	if len(n.Content) == 0 {
		r.wrong(n, "%s is compared with nothing: write an operator and its value, such as {gt: 0}", field.Value)
	}
	for op, values := range pairs(n) {
		if values.Kind == refused {
			continue
		}
		if !contains(opNames(), op.Value) {
			r.unknown(op, "operator", opNames())
			continue
		}
		if c, ok := r.condition(field.Value, op.Value, values); ok {
			*v = append(*v, c)
		}
	}
}

func exampleCondition(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.SequenceNode:
		return "{in: […]}"
	case n.ShortTag() == "!!null":
		return "{is: null}"
	}
	return "{eq: " + n.Value + "}"
}

func (r *reader) condition(field, op string, n *yaml.Node) (query.Condition, bool) {
	c := query.Condition{Field: field, Op: query.Op(op)}
	if op == "is" {
		return r.is(c, n)
	}
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" {
		if input, ok := inputRef(n.Value); ok {
			c.Input = input
			r.refs = append(r.refs, ref{input, r.place(n)})
			return c, true
		}
	}
	switch c.Op {
	case query.In, query.NotIn, query.Between:
		return r.several(c, n)
	}
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		r.wrong(n, "%s: null compares with nothing: write is: null, or is: filled", op)
		return c, false
	}
	s, ok := r.scalar(n, "one value")
	c.Values = []string{unescaped(s)}
	return c, ok
}

func (r *reader) is(c query.Condition, n *yaml.Node) (query.Condition, bool) {
	switch {
	case n.Kind == yaml.ScalarNode && (n.ShortTag() == "!!null" && n.Value != "" || n.Value == "null"):
		c.Op = query.IsNull
	case n.Kind == yaml.ScalarNode && n.Value == "filled":
		c.Op = query.IsFilled
	default:
		r.wrong(n, "is takes null or filled, and this is %s", kind(n))
		return c, false
	}
	return c, true
}

func (r *reader) several(c query.Condition, n *yaml.Node) (query.Condition, bool) {
	if n.Kind != yaml.SequenceNode {
		r.wrong(n, "this is %s: %s takes a list", kind(n), string(c.Op))
		return c, false
	}
	c.Values = make([]string, 0, len(n.Content))
	for _, item := range n.Content {
		if item.Kind == yaml.ScalarNode && item.ShortTag() == "!!null" {
			r.wrong(item, "a list compares with values, and this is nothing: write is: null beside it")
			return c, false
		}
		s, ok := r.scalar(item, "one value")
		if !ok {
			return c, false
		}
		c.Values = append(c.Values, unescaped(s))
	}
	if c.Op == query.Between && len(c.Values) != 2 {
		r.wrong(n, "between takes two values, the least and the greatest, and this has %d", len(c.Values))
		return c, false
	}
	return c, true
}

// inputRef is the input that a value names: "$sectors". A value that begins
// with a dollar sign itself is written with two.
func inputRef(s string) (string, bool) {
	rest, ok := strings.CutPrefix(s, "$")
	return rest, ok && validName(rest)
}

func unescaped(s string) string {
	if strings.HasPrefix(s, "$$") {
		return s[1:]
	}
	return s
}

func escapedValue(s string) string {
	if _, ok := inputRef(s); ok || strings.HasPrefix(s, "$$") {
		return "$" + s
	}
	return s
}

// validName reports whether a name can stand behind $ and, in SQL, behind :.
func validName(s string) bool {
	for i, c := range s {
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != "" && len(s) <= 64
}

func writeWhere(v query.Where) *yaml.Node {
	if len(v) == 0 {
		return nil
	}
	n := mappingNode()
	for _, c := range v {
		conditions := value(n, c.Field)
		if conditions == nil {
			conditions = mappingNode()
			n.Content = append(n.Content, textNode(c.Field), conditions)
		}
		op, values := writeCondition(c)
		conditions.Content = append(conditions.Content, textNode(op), values)
	}
	return n
}

func writeCondition(c query.Condition) (op string, values *yaml.Node) {
	switch {
	case c.Op == query.IsNull:
		return "is", plainNode("null")
	case c.Op == query.IsFilled:
		return "is", textNode("filled")
	case c.Input != "":
		return string(c.Op), textNode("$" + c.Input)
	case c.Op == query.In || c.Op == query.NotIn || c.Op == query.Between:
		values = sequenceNode()
		for _, s := range c.Values {
			values.Content = append(values.Content, valueNode(escapedValue(s)))
		}
		return string(c.Op), values
	case len(c.Values) == 0:
		return string(c.Op), textNode("")
	}
	return string(c.Op), valueNode(escapedValue(c.Values[0]))
}

// valueNode is a value as a page writes it: a number, where it reads back as
// the same text, or text.
func valueNode(s string) *yaml.Node {
	n := plainNode(s)
	if tag := n.ShortTag(); tag == "!!int" || tag == "!!float" {
		return n
	}
	return textNode(s)
}

func conditionSchema() schema {
	single := schema{"type": []any{"string", "number", "boolean"}}
	input := schema{"type": "string", "pattern": `^\$[A-Za-z_][A-Za-z0-9_]*$`}
	list := schema{"type": "array", "items": single}
	keys := schema{"is": schema{"enum": []any{nil, "null", "filled"}, "description": "Whether there is a value: null or filled."}}
	for _, op := range ops {
		switch op {
		case query.In, query.NotIn:
			keys[string(op)] = schema{"anyOf": []any{list, input}}
		case query.Between:
			keys[string(op)] = schema{"anyOf": []any{schema{"type": "array", "items": single, "minItems": 2, "maxItems": 2}, input}}
		default:
			keys[string(op)] = single
		}
	}
	return schema{"type": "object", "properties": keys, "additionalProperties": false, "minProperties": 1}
}

// rules colour what they compare.
func rules() codec[[]Rule] {
	c := codec[Rule]{read: readRule, write: writeRule, schema: func() schema {
		one := schema{"anyOf": []any{schema{"type": []any{"string", "number", "boolean"}}, fieldRef().describe()}}
		keys := schema{"color": word("good", "warn", "bad").schema(), "is": schema{"enum": []any{nil, "null", "filled"}}}
		for _, op := range ruleOps {
			keys[op] = one
		}
		return schema{"type": "object", "properties": keys, "additionalProperties": false, "required": []any{"color"}, "minProperties": 2, "maxProperties": 2}
	}}
	return listOf(c, "a list of rules such as {lt: 0, color: bad}", false)
}

var ruleOps = []string{"lt", "le", "gt", "ge", "eq", "ne", "contains", "not_contains"}

func fieldRef() object[Rule] {
	return object[Rule]{what: "a column", keys: []key[Rule]{
		must(bind("field", "The column that is compared with.", fieldName(), func(v *Rule) *string { return &v.Field })),
	}}
}

func readRule(r *reader, n *yaml.Node, v *Rule) {
	if !r.mapping(n, "a rule such as {lt: 0, color: bad}") {
		return
	}
	known := append([]string{"color", "is"}, ruleOps...)
	for k, item := range pairs(n) {
		switch {
		case !contains(known, k.Value):
			r.unknown(k, "operator", known)
		case item.Kind == refused:
		case k.Value == "color":
			word("good", "warn", "bad").read(r, item, &v.Color)
		case v.Op != "":
			r.wrong(k, "a rule compares once: make two rules of it")
		case k.Value == "is":
			c, _ := r.is(query.Condition{}, item)
			v.Op = c.Op
		default:
			v.Op = query.Op(k.Value)
			ruleValue(r, item, v)
		}
	}
	if value(n, "color") == nil {
		r.wrong(n, "a rule has no color: good, warn or bad")
	}
	if v.Op == "" && len(n.Content) <= 2 {
		r.wrong(n, "a rule compares with nothing: write such as {lt: 0, color: bad}")
	}
}

// ruleValue is what a rule compares with: a value, or a column. Text after an
// operator of order is a column, unless it is a number or a date.
func ruleValue(r *reader, n *yaml.Node, v *Rule) {
	if n.Kind == yaml.MappingNode {
		fieldRef().read(r, n, v)
		return
	}
	if ordered(v.Op) && n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" && !startsWithDigit(n.Value) {
		fieldName().read(r, n, &v.Field)
		return
	}
	v.Value, _ = r.scalar(n, "a value or a column")
}

func ordered(op query.Op) bool {
	return op == query.Lt || op == query.Le || op == query.Gt || op == query.Ge
}

func startsWithDigit(s string) bool {
	s = strings.TrimLeft(s, "+-")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

func writeRule(v Rule) *yaml.Node {
	n := mappingNode()
	switch {
	case v.Op == query.IsNull:
		n.Content = append(n.Content, textNode("is"), plainNode("null"))
	case v.Op == query.IsFilled:
		n.Content = append(n.Content, textNode("is"), textNode("filled"))
	case v.Field != "":
		n.Content = append(n.Content, textNode(string(v.Op)), fieldRef().write(v))
	default:
		n.Content = append(n.Content, textNode(string(v.Op)), valueNode(v.Value))
	}
	n.Content = append(n.Content, textNode("color"), textNode(v.Color))
	return n
}
