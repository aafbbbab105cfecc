package source

import (
	"strings"
	"testing"
)

func FuzzParseQuery(f *testing.F) {
	for _, q := range []string{"select :a, ':b', \"c:d\", [e:f] -- :g\n, :h::text /* :i */", "':a", "::b :", "a[1:2]", ":ä1:b"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		s := parseQuery(query)
		var again strings.Builder
		for i, name := range s.names {
			if name == "" || strings.ContainsAny(name, " '\":,()") {
				t.Errorf("%q is an input's name", name)
			}
			again.WriteString(s.text[i] + ":" + name)
		}
		if again.WriteString(s.text[len(s.names)]); again.String() != query {
			t.Errorf("%q was read as %q", query, again.String())
		}
		bound, args := s.bind(nil, func(int) string { return "?" }, argument)
		if len(args) != len(s.names) || strings.Count(bound, "?") != strings.Count(query, "?")+len(args) {
			t.Errorf("%q was bound as %q with %d values", query, bound, len(args))
		}
	})
}
