package dashboard

import (
	"fmt"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"
)

// places are the keys that say where a source's figures are.
var sourcePlaces = []string{"path", "url", "connection", "values"}

// keysOf are the keys of a source that go with one place alone.
var keysOf = map[string][]string{
	"path":       {"table", "stack"},
	"url":        {"headers", "fallback"},
	"connection": {"query", "anonymous_rows"},
}

// checkSource checks what the keys of a source mean together.
func checkSource(r *reader, n *yaml.Node, s *Source) {
	var given []string
	for _, place := range sourcePlaces {
		if value(n, place) != nil {
			given = append(given, place)
		}
	}
	switch len(given) {
	case 0:
		r.wrong(n, "this source does not say where its figures are: it has one of path, url, connection, values")
		return
	case 1:
	default:
		r.wrong(at(n, given[1]), "a source is at one place, and this has %s: make two sources of it", strings.Join(given, " and "))
		return
	}
	place := given[0]
	for of, keys := range keysOf {
		for _, k := range keys {
			if v := value(n, k); v != nil && of != place {
				r.wrong(v, "%s goes with %s, and this source has %s", k, of, place)
			}
		}
	}
	r.checkIdentity(n, s, place)
	switch {
	case place == "connection" && value(n, "query") == nil:
		r.wrong(n, "a source of a connection needs query: what the database is asked")
	case place == "path" && s.Path != "":
		r.checkPattern(n, s)
	}
}

func (r *reader) checkIdentity(n *yaml.Node, s *Source, place string) {
	takes := map[string]string{"url": "none service token", "connection": "none service token claims"}[place]
	switch at := at(n, "identity"); {
	case s.Identity == "" && place == "connection":
		s.Identity = "service"
	case s.Identity == "" || s.Identity == "none" && takes == "":
	case takes == "":
		r.wrong(at, "identity goes with url and connection, and this source has %s", place)
	case !contains(strings.Fields(takes), s.Identity):
		r.wrong(at, "identity: %s does not go with %s: write %s", s.Identity, place, strings.ReplaceAll(takes, " ", " or "))
	}
}

// checkPattern checks a path that may be a pattern of several.
func (r *reader) checkPattern(n *yaml.Node, s *Source) {
	at := at(n, "path")
	if !isPattern(s.Path) {
		if s.Stack != "" {
			r.warn(at, "stack goes with a pattern such as data/2024-*.csv, and %s is one file", s.Path)
		}
		return
	}
	if _, err := path.Match(s.Path, ""); err != nil {
		r.wrong(at, "%s is no pattern: a bracket is not closed", s.Path)
		return
	}
	if r.files != nil {
		if info, err := r.files.stat(s.Path); err == nil && info.Mode().IsRegular() {
			return // a file of that very name
		}
	}
	if s.Stack == "" && value(n, "stack") == nil {
		r.wrong(at, "%s is a pattern: say stack: file, which adds a column with the file of each row", s.Path)
		return
	}
	if r.files == nil {
		return
	}
	if found, err := r.files.matches(s.Path); err != nil || !found {
		r.wrong(at, "no file of the folder fits %s", s.Path)
	}
}

// checkConnection checks that a connection has what its driver needs, and no
// password.
func checkConnection(r *reader, n *yaml.Node, c *Connection) {
	keys := map[string][]string{
		"sqlite": {"path"}, "postgres": {"dsn", "role"}, "trino": {"url", "catalog", "schema"},
	}
	for driver, takes := range keys {
		for _, k := range takes {
			if v := value(n, k); v != nil && c.Driver != "" && driver != c.Driver {
				r.wrong(v, "%s goes with driver: %s, and this is %s", k, driver, c.Driver)
			}
		}
	}
	if takes := keys[c.Driver]; takes != nil && value(n, takes[0]) == nil {
		r.wrong(n, "a connection to %s needs %s", c.Driver, takes[0])
	}
	if c.DSN != "" {
		r.dsn(at(n, "dsn"), c.DSN)
	}
}

// checker checks what a page says as a whole.
type checker struct{ *reader }

// checkContent checks the names that a page gives and uses.
func (r checker) checkContent(n *yaml.Node, c *Content) {
	if sources := value(n, "sources"); n.Kind == yaml.MappingNode && value(n, "rows") == nil && (sources == nil || sources.Kind == yaml.MappingNode && len(sources.Content) == 0) {
		r.wrong(n, "the page shows nothing: give it rows, or sources that charts are chosen for")
	}
	if rows := value(n, "rows"); rows != nil && rows.Kind == yaml.SequenceNode && len(rows.Content) == 0 {
		r.wrong(rows, "rows is empty: take it out to get charts that fit the sources, or give it panels")
	}
	r.checkPanelCount(c)
	if len(c.Sources) > mostSources {
		r.wrong(at(n, "sources"), "a page has at most %d sources, and this has %d: make two pages of it", mostSources, len(c.Sources))
		return
	}
	if len(c.Inputs) > mostInputs {
		r.wrong(at(n, "inputs"), "a page has at most %d inputs, and this has %d: make two pages of it", mostInputs, len(c.Inputs))
		return
	}
	r.checkInputNames(c.Inputs)
	r.checkPanelNames(c)
	r.checkSources(c)
	r.checkLookups(c)
}

func (r checker) checkPanelCount(c *Content) {
	panels := 0
	for _, row := range c.Rows {
		for _, p := range row.Panels {
			if panels++; panels == mostPanels+1 {
				r.wrong(nodeOf(p.At), "a page has at most %d panels: make two pages of it", mostPanels)
			}
		}
	}
}

func (r checker) checkInputNames(inputs []Input) {
	first := map[string]Place{}
	for _, in := range inputs {
		if other, ok := first[in.Name]; ok && in.Name != "" {
			r.wrong(nodeOf(in.At), "input %s stands here twice: the first is in line %d", in.Name, other.Line)
			continue
		}
		first[in.Name] = in.At
	}
}

func (r checker) checkPanelNames(c *Content) {
	first := map[string]Place{}
	for _, row := range c.Rows {
		for _, p := range row.Panels {
			switch other, ok := first[p.Name]; {
			case p.Name == "":
			case ok:
				r.wrong(nodeOf(p.At), "two panels are called %s: the first is in line %d", p.Name, other.Line)
			case strings.Trim(p.Name, "0123456789") == "":
				r.wrong(nodeOf(p.At), "a panel's name is no number (%s), for panels have numbers already", p.Name)
			default:
				first[p.Name] = p.At
			}
		}
	}
}

// checkSources checks that the sources that panels and inputs name are there.
func (r checker) checkSources(c *Content) {
	var known []string
	for _, s := range c.Sources {
		known = append(known, s.Name)
	}
	used := map[string]bool{}
	use := func(name string, named map[string]Place, at Place) {
		if used[name] = true; name != "" && !contains(known, name) {
			r.wrong(referred(named, name, at), "unknown source %s%s", name, sourceHint(name, c))
		}
	}
	for _, in := range c.Inputs {
		if !in.Shared {
			use(in.Source, in.named, in.At)
		}
	}
	for _, row := range c.Rows {
		for _, p := range row.Panels {
			for _, name := range p.Sources() {
				use(name, p.named, p.At)
			}
		}
	}
	for _, s := range c.Sources {
		for _, l := range s.Lookup {
			use(l.From, s.named, s.At)
		}
	}
	if c.Rows == nil || r.bad() {
		return
	}
	for _, s := range c.Sources {
		if !used[s.Name] {
			r.warn(nodeOf(s.At), "nothing shows the source %s", s.Name)
		}
	}
}

func sourceNameHint(name string, known []string) string {
	if len(known) == 0 {
		return ": this page has no sources"
	}
	return hint(name, known)
}

// sourceHint is what may have been meant by the name of a source that a page
// lacks. A file is told from a name.
func sourceHint(name string, c *Content) string {
	var known []string
	for _, s := range c.Sources {
		if known = append(known, s.Name); s.Path != "" && path.Clean(name) == s.Path {
			return ": that is the file of the source " + shown(s.Name) + ", so write source: " + shown(s.Name)
		}
	}
	if len(known) == 0 && strings.ContainsAny(name, "./") {
		called := strings.TrimSuffix(path.Base(name), path.Ext(name))
		return fmt.Sprintf(": a source is named first. Write sources: {%s: {path: %s}} above rows, and source: %s here", shown(called), shown(name), shown(called))
	}
	return sourceNameHint(name, known)
}

// Sources are the sources that the panel takes figures from, by their names.
func (p Panel) Sources() []string {
	one := func(name string) []string {
		if name == "" {
			return nil
		}
		return []string{name}
	}
	switch s := p.Spec.(type) {
	case *Metric:
		return one(s.Source)
	case *Table:
		return one(s.Source)
	case *Chart:
		return one(s.Source)
	case *Map:
		return one(s.Source)
	case *VegaLite:
		return append(one(s.Source), s.Names...)
	case *Pydeck:
		return s.Names
	}
	return nil
}

// checkLookups refuses lookups that go round in a circle.
func (r checker) checkLookups(c *Content) {
	from := map[string][]string{}
	for _, s := range c.Sources {
		for _, l := range s.Lookup {
			from[s.Name] = append(from[s.Name], l.From)
		}
	}
	for _, s := range c.Sources {
		if way := circle(from, s.Name); way != nil {
			r.wrong(nodeOf(s.At), "lookups go round in a circle: %s", strings.Join(way, " from "))
			return
		}
	}
}

// circle is a way from a name back to it, nil if there is none.
func circle(next map[string][]string, start string) []string {
	seen := map[string]bool{}
	var walk func(at string, way []string) []string
	walk = func(at string, way []string) []string {
		for _, to := range next[at] {
			if to == start {
				return append(way, to)
			}
			if !seen[to] {
				seen[to] = true
				if found := walk(to, append(way, to)); found != nil {
					return found
				}
			}
		}
		return nil
	}
	return walk(start, []string{start})
}
