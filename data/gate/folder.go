package gate

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"slices"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// served is a folder as it is served: what was checked, and nothing that is read
// again. It never changes.
type served struct {
	title    string
	home     string
	pages    []*servedPage
	problems []dashboard.Problem // that keep something of the folder as it is now from being served
}

// servedPage is one page.
type servedPage struct {
	entry  wire.Entry // without access
	rules  []rule     // all must open; see servedPage.access
	broken bool       // its file has errors
	rows   []byte     // JSON; nil = the page is made of its frames
	inputs []dashboard.Input
	plans  []*plan
	asides []*plan           // of sources that only give values to choose from
	sum    [sha256.Size]byte // of all that is sent of it but the figures
}

func (s *served) find(id string) *servedPage {
	i := slices.IndexFunc(s.pages, func(p *servedPage) bool { return p.entry.ID == id })
	if i < 0 {
		return nil
	}
	return s.pages[i]
}

func (p *servedPage) plan(name string) *plan {
	i := slices.IndexFunc(p.plans, func(f *plan) bool { return f.name == name })
	if i < 0 {
		return nil
	}
	return p.plans[i]
}

// Reading is a folder that was read.
type Reading struct {
	Dashboard *dashboard.Dashboard
	Problems  []dashboard.Problem
	// Load reads a file of the folder, of at most so many bytes.
	Load func(name string, most int64) ([]byte, error)
}

// serve makes what is served of a folder that was just read. Last is what was
// served before; nil if nothing was.
//
//	what has errors       | what is served
//	----------------------|-------------------------------------------------
//	nothing               | the folder as it is
//	a page's own file     | the others as they are; the page is answered with 503
//	tabgate.yaml          | the folder as it was, but for pages that are gone, and
//	                      | no page opens to whom it would not open now
func (r Reading) serve(last *served) *served {
	next := &served{title: r.Dashboard.Title, problems: errorsOf(r.Problems)}
	if path := r.Dashboard.Home.Path; path != "" {
		if text, err := r.Load(path, maxText); err == nil {
			next.home = string(text)
		} else {
			next.problems = append(next.problems, dashboard.Problem{Place: dashboard.Place{File: path}, Text: clean(err.Error())})
		}
	}
	for _, p := range r.Dashboard.Pages {
		if p.Content != nil {
			next.pages = append(next.pages, r.page(p, next))
		}
	}
	for _, p := range r.Dashboard.Broken {
		next.pages = append(next.pages, brokenPage(p, last))
	}
	if last != nil && !r.Dashboard.Whole() {
		return keep(last, next)
	}
	return next
}

func errorsOf(all []dashboard.Problem) (out []dashboard.Problem) {
	for _, p := range all {
		if !p.Warning {
			out = append(out, p)
		}
	}
	return out
}

// page makes what is served of one page.
func (r Reading) page(p dashboard.Page, s *served) *servedPage {
	out := &servedPage{
		entry: wire.Entry{ID: p.ID, Title: p.Title, Icon: p.Icon, About: p.About, Groups: append([]string{}, p.Groups...)},
		rules: []rule{p.Groups}, inputs: p.Content.Inputs,
	}
	rows, planned, err := definition(p.Content, r.Load)
	if err != nil {
		out.broken = true
		s.problems = append(s.problems, dashboard.Problem{Place: dashboard.Place{File: p.Path}, Text: clean(err.Error())})
		return out
	}
	out.rows, out.plans, out.asides = rows, planned.plans, planned.asides
	h := sha256.New()
	h.Write(rows)
	for _, f := range out.plans {
		describe, _ := json.Marshal([]any{f.name, f.source.Name, conditionsText(f.where), f.names.all, f.names.exact, f.names.numbers, f.names.patterns, f.names.texts, len(f.names.places)})
		h.Write(describe)
	}
	out.sum = [sha256.Size]byte(h.Sum(nil))
	return out
}

// brokenPage stands in for a page whose file has errors. Whom it would open to
// is not known, so its tab says what it said before.
func brokenPage(p dashboard.Page, last *served) *servedPage {
	out := &servedPage{broken: true, entry: wire.Entry{ID: p.ID, Title: p.Title, Icon: p.Icon, Groups: []string{anyoneSignedIn}}, rules: []rule{{anyoneSignedIn}}}
	if last != nil {
		if was := last.find(p.ID); was != nil {
			out.entry.Groups, out.rules = was.entry.Groups, was.rules
		}
	}
	return out
}

// keep is the folder as it was, as far as it may still be served.
func keep(last, next *served) *served {
	out := &served{title: last.title, home: last.home, problems: next.problems}
	for _, was := range last.pages {
		now := next.find(was.entry.ID)
		if now == nil {
			continue // it was taken away
		}
		p := *was
		if p.broken = p.broken || now.broken; !slices.EqualFunc(was.rules, now.rules, func(a, b rule) bool { return slices.Equal(a, b) }) {
			p.rules = slices.Concat(was.rules[:1], now.rules)
		}
		out.pages = append(out.pages, &p)
	}
	return out
}

// same reports whether a page gives what another one gives.
func (p *servedPage) same(q *servedPage) bool {
	return p.broken == q.broken && bytes.Equal(p.sum[:], q.sum[:])
}
