package dashboard

import (
	"regexp"
	"slices"
	"strings"
)

// link connects the pages of a folder with what they share and with each other,
// and checks the names that they use of it.
func (d *Dashboard) link(pages []*pageFile, f *files) []Problem {
	shared := checker{&reader{file: FolderFile, files: f}}
	shared.checkInputNames(d.Inputs)
	shared.checkCascade(d.Inputs)
	d.broken = d.broken || shared.bad()
	ids := []string{"home"}
	first := map[string]string{}
	for _, p := range pages {
		if other, taken := first[p.ID]; taken && p.ID != "" {
			p.r.tell(Place{p.Path, 1, 1}, false, "%s has the id %s too: give one of the two another name, or write id:", other, p.ID)
		} else {
			first[p.ID] = p.Path
			ids = append(ids, p.ID)
		}
	}
	problems := shared.sorted()
	for _, p := range pages {
		if p.Content != nil {
			p.link(d, ids)
		}
		problems = append(problems, p.r.sorted()...)
	}
	return problems
}

// link connects one page.
func (p *pageFile) link(d *Dashboard, ids []string) {
	p.useShared(d)
	checker{p.r}.checkCascade(p.Content.Inputs)
	p.checkInputs()
	p.checkConnections(d)
	for _, row := range p.Content.Rows {
		for i := range row.Panels {
			panel := &row.Panels[i]
			if panel.Open != nil && panel.Open.Page != "" && !slices.Contains(ids, panel.Open.Page) {
				p.r.wrong(referred(panel.named, panel.Open.Page, panel.At), "open leads to an unknown page %s%s", panel.Open.Page, hint(panel.Open.Page, ids))
			}
		}
	}
	for i := range p.Content.Sources {
		if s := &p.Content.Sources[i]; s.Refresh == 0 && s.Values == nil {
			s.Refresh = d.Refresh
		}
	}
}

// useShared puts the shared inputs in the place of their names.
func (p *pageFile) useShared(d *Dashboard) {
	var known []string
	for _, in := range d.Inputs {
		known = append(known, in.Name)
	}
	for i := range p.Content.Inputs {
		in := &p.Content.Inputs[i]
		if !in.Shared || in.Name == "" {
			continue
		}
		k := slices.Index(known, in.Name)
		if k < 0 {
			if !d.broken {
				p.r.wrong(nodeOf(in.At), "unknown shared input %s%s", in.Name, sharedHint(in.Name, known))
			}
			continue
		}
		at := in.At
		*in = d.Inputs[k]
		in.Shared, in.At = true, at
		if in.Source != "" && !slices.ContainsFunc(p.Content.Sources, func(s Source) bool { return s.Name == in.Source }) {
			p.r.wrong(nodeOf(at), "the shared input %s is one of the source %s, and this page has no source of that name", in.Name, in.Source)
		}
	}
}

func sharedHint(name string, known []string) string {
	if len(known) == 0 {
		return ": " + FolderFile + " has no inputs"
	}
	return hint(name, known)
}

// checkCascade checks the inputs that options depend on.
func (r checker) checkCascade(inputs []Input) {
	next := map[string][]string{}
	var known []string
	for _, in := range inputs {
		known = append(known, in.Name)
		if in.From != "" {
			next[in.Name] = append(next[in.Name], in.From)
		}
	}
	told := false
	for _, in := range inputs {
		at := referred(in.named, in.From, in.At)
		switch {
		case in.From == "":
		case !slices.Contains(known, in.From):
			r.wrong(at, "unknown input %s in from%s", in.From, hint(in.From, known))
		case !told && circle(next, in.Name) != nil:
			r.wrong(at, "the options of inputs go round in a circle: %s", strings.Join(circle(next, in.Name), " from "))
			told = true
		}
	}
}

// checkInputs checks the inputs that panels and queries name, and that each
// input does something.
func (p *pageFile) checkInputs() {
	var known []string
	for _, in := range p.Content.Inputs {
		known = append(known, in.Name)
	}
	used := map[string]bool{}
	for _, ref := range p.r.refs {
		if used[ref.name] = true; !slices.Contains(known, ref.name) {
			p.r.wrong(nodeOf(ref.at), "unknown input $%s%s", ref.name, inputHint(ref.name, known))
		}
	}
	for _, row := range p.Content.Rows {
		for _, panel := range row.Panels {
			for _, name := range panel.Ignore {
				if !slices.Contains(known, name) {
					p.r.wrong(referred(panel.named, name, panel.At), "unknown input %s in ignore%s", name, inputHint(name, known))
				}
			}
		}
	}
	for _, s := range p.Content.Sources {
		for _, name := range QueryInputs(s.Query) {
			if used[name] = true; !slices.Contains(known, name) {
				p.r.wrong(nodeOf(s.At), "unknown input :%s in the query%s", name, inputHint(name, known))
			}
		}
	}
	for _, in := range p.Content.Inputs {
		if in.From != "" {
			used[in.From] = true
		}
	}
	for _, in := range p.Content.Inputs {
		if in.Source == "" && !used[in.Name] && !p.r.bad() {
			p.r.warn(nodeOf(in.At), "the input %s filters nothing: name a source and field, or use $%s in where or :%s in a query", in.Name, in.Name, in.Name)
		}
	}
}

func inputHint(name string, known []string) string {
	if len(known) == 0 {
		return ": this page has no inputs"
	}
	return hint(name, known)
}

// sqlQuoted is what a colon means nothing in: texts, names and comments.
var sqlQuoted = regexp.MustCompile(`'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*(?s:.*?)\*/|::`)

var sqlInput = regexp.MustCompile(`:([A-Za-z_][A-Za-z0-9_]*)`)

// QueryInputs are the inputs that a query names as :name, each once. Casts
// (::text), quoted texts and comments are left alone.
func QueryInputs(query string) []string {
	var names []string
	for _, m := range sqlInput.FindAllStringSubmatch(sqlQuoted.ReplaceAllString(query, " "), -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

func (p *pageFile) checkConnections(d *Dashboard) {
	var known []string
	for _, c := range d.Connections {
		known = append(known, c.Name)
	}
	for i, s := range p.Content.Sources {
		if s.Connection == "" || slices.Contains(known, s.Connection) || d.broken {
			continue
		}
		fix := hint(s.Connection, known)
		if len(known) == 0 {
			fix = ": " + FolderFile + " has no connections"
		}
		p.Content.Sources[i].broken = true
		p.r.wrong(referred(s.named, s.Connection, s.At), "unknown connection %s%s", s.Connection, fix)
	}
}
