package source

import (
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// unite finds the columns: those of all parts, in order of first appearance.
func (s *stacked) unite(which string) {
	var order []string
	has := map[string]bool{}
	for _, p := range s.parts {
		for _, c := range p.Columns() {
			if !has[c.Name] {
				has[c.Name] = true
				order = append(order, c.Name)
			}
		}
	}
	name := which
	for n := 2; has[name]; n++ {
		name = fmt.Sprintf("%s_%d", which, n)
	}
	if name != which {
		s.notes = append(s.notes, fmt.Sprintf("heading: the column that says the file is %s, since the files have a %s", name, which))
	}
	s.columns = append(s.columns, frame.Column{Name: name, Type: frame.Text})
	for _, name := range order {
		s.columns = append(s.columns, s.column(name))
	}
}

// column finds a column in the parts, and its type.
func (s *stacked) column(name string) frame.Column {
	out := frame.Column{Name: name}
	var lacking, types []string
	typed := false
	for i := range s.parts {
		p := &s.parts[i]
		at := frame.Find(p, name)
		p.from = append(p.from, at)
		if at < 0 {
			lacking = append(lacking, p.name)
			out.Nulls = addNulls(out.Nulls, p.Len())
			continue
		}
		c := p.Columns()[at]
		out.Nulls = addNulls(out.Nulls, c.Nulls)
		if c.Nulls == p.Len() {
			continue // it has no values that would have a type
		}
		if !typed {
			typed, out.Type, out.Unit = true, c.Type, c.Unit
			types = []string{kindOf(c)}
			continue
		}
		if k := kindOf(c); !slices.Contains(types, k) {
			types = append(types, k)
		}
		out.Type, out.Unit = common(out, c)
	}
	if len(lacking) > 0 {
		s.notes = append(s.notes, fmt.Sprintf("column %s: null in %s, which %s no such column", name, few(lacking), have(len(lacking))))
	}
	if len(types) > 1 {
		s.notes = append(s.notes, fmt.Sprintf("column %s: %s, for the files have %s", name, out.Type, strings.Join(types, " and ")))
	}
	return out
}

func addNulls(a, b int) int {
	if a < 0 || b < 0 {
		return -1
	}
	return a + b
}

func kindOf(c frame.Column) string {
	if c.Unit != "" {
		return c.Type.String() + " in " + c.Unit
	}
	return c.Type.String()
}

func have(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// few are some names, and how many more there are.
func few(names []string) string {
	const most = 3
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// common is the type that the values of two columns have.
func common(a, b frame.Column) (frame.Type, string) {
	switch {
	case a.Unit != b.Unit:
		return frame.Text, ""
	case a.Type == b.Type:
		return a.Type, a.Unit
	case a.Type.Numeric() && b.Type.Numeric():
		return frame.Number, a.Unit
	}
	return frame.Text, ""
}
