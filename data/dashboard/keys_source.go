package dashboard

import (
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/authtabs/tabgate/data/textfile"
)

// sources are the sources of a page, by their names.
func sources() codec[[]Source] {
	return codec[[]Source]{
		read: func(r *reader, n *yaml.Node, v *[]Source) {
			if n.Kind == yaml.SequenceNode {
				r.wrong(n, "this is a list, and sources have names: write such as sales: {path: data/sales.csv}")
				return
			}
			if !r.mapping(n, "sources by their names") {
				return
			}
			for k, keys := range pairs(n) {
				if !validSource(k.Value) {
					r.wrong(k, "%s is no name for a source: write up to 64 characters that can be seen", k.Value)
				}
				s := Source{Name: k.Value, At: r.place(k)}
				if keys.Kind != refused {
					r.source(keys, &s)
				}
				*v = append(*v, s)
			}
		},
		write: func(v []Source) *yaml.Node {
			if len(v) == 0 {
				return nil
			}
			n := mappingNode()
			for _, s := range v {
				n.Content = append(n.Content, textNode(s.Name), sourceKeys().write(s))
			}
			return n
		},
		schema: func() schema {
			return schema{"type": "object", "additionalProperties": sourceKeys().describe()}
		},
	}
}

func validSource(s string) bool {
	return strings.TrimSpace(s) == s && s != "" && shown(s) == s && len([]rune(s)) <= 64
}

func (r *reader) source(n *yaml.Node, s *Source) {
	defer r.mark(len(r.problems), &s.broken)
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" {
		place := "path"
		if strings.Contains(n.Value, "://") {
			place = "url"
		}
		r.wrong(n, "a source is keys and values: write {%s: %s}", place, n.Value)
		return
	}
	r.named = map[string]Place{}
	sourceKeys().read(r, n, s)
	s.named, r.named = r.named, nil
}

// leastRefresh is how soon figures are read again at the earliest.
const leastRefresh = time.Second

var sourceKeys = sync.OnceValue(func() object[Source] {
	return object[Source]{what: "a source", keys: append([]key[Source]{
		bind("path", "A file below the folder: csv, tsv, json, ndjson, geojson, parquet, arrow, sqlite, also packed. With stack a pattern of several.",
			dataPath(), func(s *Source) *string { return &s.Path }),
		bind("table", "The table of an SQLite file.", name("the name of a table"), func(s *Source) *string { return &s.Table }),
		bind("stack", "The column that says which file a row is of, where path is a pattern.", name("the name of a column"), func(s *Source) *string { return &s.Stack }),
		bind("url", "An address: https, or http on this machine.", address(), func(s *Source) *string { return &s.URL }),
		bind("headers", `Headers of the request. Secrets as ${env:NAME} or ${file:PATH}.`, headers(), func(s *Source) *[]Header { return &s.Headers }),
		bind("connection", "A database of tabgate.yaml, by its name.", reference("the name of a connection"), func(s *Source) *string { return &s.Connection }),
		bind("query", "What the database is asked. Inputs stand in it as :name.", block(), func(s *Source) *string { return &s.Query }),
		bind("values", "The records themselves.", records("records"), func(s *Source) *[]byte { return &s.Values }),
	}, append(readingKeys(),
		bind("refresh", "How often the figures are read again while the page is shown: 5m. Never if it is not said.", span(leastRefresh), func(s *Source) *time.Duration { return &s.Refresh }),
		bind("stale_after", "The age from which the figures are marked as old: 2h.", span(leastRefresh), func(s *Source) *time.Duration { return &s.StaleAfter }),
		bind("identity", "Who asks: none, service (the dashboard itself), token (the reader's own access token), claims (who the reader is, told to the database).",
			word("none", "service", "token", "claims"), func(s *Source) *string { return &s.Identity }),
		bind("transform", "Changes to the rows, as Vega-Lite's transform has them.", records("transforms"), func(s *Source) *[]byte { return &s.Transform }),
		bind("lookup", "Columns of another source, by a column that both have.", listOf(lookupKeys().codec(), "a list such as [{from: airports, on: iata, take: [name, city]}]", false), func(s *Source) *[]Lookup { return &s.Lookup }),
		bind("fallback", "The file that is read where the address fails.", optional(fallbackKeys().codec()), func(s *Source) **Fallback { return &s.Fallback }),
		bind("anonymous_rows", "Whether the query may give rows to somebody who is signed out.", yes(), func(s *Source) *bool { return &s.AnonymousRows }),
	)...), check: checkSource, schema: func(s schema) {
		var places []any
		for _, place := range []string{"path", "url", "connection", "values"} {
			places = append(places, schema{"required": []any{place}})
		}
		s["oneOf"] = places
	}}
})

// readingKeys are the options of reading a file, by the names that the
// commands' flags have.
func readingKeys() []key[Source] {
	docs := map[string]string{
		"delimiter": `What stands between cells: one character, tab, space or "\x01".`,
		"decimal":   `The decimal sign: "." or ",".`,
		"thousands": "What groups thousands: one character, space or none.",
		"encoding":  "The encoding, such as utf-8 or windows-1252.",
		"header":    "Whether the first line is the heading: yes or no.",
		"skip":      "How many lines are left out before anything is looked at.",
		"comment":   "What begins a line of comment: one character, or none.",
		"na":        "What stands for a missing value, beside the usual: a list.",
		"dates":     "The order of dates: dmy, mdy or ymd.",
		"format":    "What the file is: csv, tsv, json, ndjson, parquet, arrow or sqlite:TABLE.",
	}
	var keys []key[Source]
	for _, option := range textfile.Keys {
		keys = append(keys, key[Source]{
			name: option, doc: docs[option], schema: func() schema { return readingSchema(option) },
			read: func(r *reader, n *yaml.Node, s *Source) { readOption(r, n, option, &s.Reading) },
			write: func(s *Source) *yaml.Node {
				if v, ok := s.Reading.Get(option); ok {
					return valueNode(v)
				}
				return nil
			},
		})
	}
	return keys
}

func readOption(r *reader, n *yaml.Node, option string, o *textfile.Options) {
	text, ok := "", true
	switch {
	case n.Kind == yaml.SequenceNode && option == "na":
		for i, item := range n.Content {
			s, fine := r.scalar(item, "a text")
			if strings.Contains(s, ",") {
				r.wrong(item, "%s holds a comma, which stands between the texts of na", s)
				fine = false
			}
			if ok = ok && fine; i > 0 {
				text += ","
			}
			text += s
		}
	case n.Kind == yaml.ScalarNode && option == "header" && n.ShortTag() == "!!bool":
		text = map[bool]string{true: "yes", false: "no"}[strings.EqualFold(n.Value, "true")]
	default:
		text, ok = r.scalar(n, "text")
	}
	if !ok {
		return
	}
	next := *o
	if err := next.Set(option, text); err != nil {
		r.wrong(n, "%s", err.Error())
		return
	}
	*o = next
}

func readingSchema(option string) schema {
	scalar := []any{"string", "number", "boolean"}
	switch option {
	case "decimal":
		return schema{"enum": []any{".", ","}}
	case "header":
		return schema{"enum": []any{"yes", "no", true, false}}
	case "skip":
		return schema{"type": []any{"integer", "string"}, "minimum": 0, "pattern": "^[0-9]+$"}
	case "dates":
		return schema{"enum": []any{"dmy", "mdy", "ymd"}}
	case "format":
		return schema{"type": "string", "pattern": "^(csv|tsv|json|ndjson|parquet|arrow|sqlite(:.*)?)$"}
	case "na":
		return schema{"type": []any{"string", "number", "boolean", "array"}, "items": schema{"type": scalar}}
	}
	return schema{"type": scalar}
}

func lookupKeys() object[Lookup] {
	return object[Lookup]{what: "a lookup", keys: []key[Lookup]{
		must(bind("from", "The other source, by its name.", reference("the name of a source"), func(l *Lookup) *string { return &l.From })),
		must(bind("on", "The column that both have.", fieldName(), func(l *Lookup) *string { return &l.On })),
		must(bind("take", "The columns of the other that are taken.", fieldNames(), func(l *Lookup) *[]string { return &l.Take })),
	}}
}

func fallbackKeys() object[Fallback] {
	return object[Fallback]{what: "a fallback", keys: []key[Fallback]{
		must(bind("path", "The file, below the folder.", pathOf("a data file"), func(f *Fallback) *string { return &f.Path })),
		bind("note", "What is said where it is shown.", line(), func(f *Fallback) *string { return &f.Note }),
		bind("unit", "The unit of its numbers, where it differs.", line(), func(f *Fallback) *string { return &f.Unit }),
		bind("scale", "What its numbers are multiplied by.", factor(), func(f *Fallback) *float64 { return &f.Scale }),
	}}
}

// headers are the headers of a request, in the file's order.
func headers() codec[[]Header] {
	return codec[[]Header]{
		read: func(r *reader, n *yaml.Node, v *[]Header) {
			if !r.mapping(n, "headers and their values") {
				return
			}
			for k, item := range pairs(n) {
				h := Header{Name: k.Value}
				if item.Kind == refused {
					continue
				}
				line().read(r, item, &h.Value)
				r.header(k, item, h)
				*v = append(*v, h)
			}
		},
		write: func(v []Header) *yaml.Node {
			if len(v) == 0 {
				return nil
			}
			n := mappingNode()
			for _, h := range v {
				n.Content = append(n.Content, textNode(h.Name), textNode(h.Value))
			}
			return n
		},
		schema: func() schema {
			return schema{"type": "object", "additionalProperties": line().schema()}
		},
	}
}
