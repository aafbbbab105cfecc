package main

import (
	"strings"

	"github.com/spf13/pflag"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// opening is the page that the app begins with, and what is chosen in its
// inputs.
type opening struct {
	page string
	set  []string
}

// bind adds its flags.
func (o *opening) bind(f *pflag.FlagSet) {
	f.StringVar(&o.page, "page", "", "`PAGE` to begin with, in the place of the first")
	f.StringArrayVar(&o.set, "set", nil, "with --page: `INPUT=VALUES` to choose, with commas between; may be given again")
}

// given is the first of its flags that was given, "" for none.
func (o *opening) given() string {
	switch {
	case o.page != "":
		return "page"
	case len(o.set) > 0:
		return "set"
	}
	return ""
}

// check checks the flags against the pages that there are.
func (o *opening) check(pages dashboard.Pages) error { return o.choose(pages, board.NewInputs()) }

// choose checks the flags against the pages that there are, and chooses.
func (o *opening) choose(pages dashboard.Pages, chosen *board.Inputs) error {
	p, err := o.find(pages)
	if err != nil || o.page == "" {
		return err
	}
	return setInputs(p, o.set, chosen)
}

// find is the page to begin with.
func (o *opening) find(pages dashboard.Pages) (dashboard.Page, error) {
	if o.page == "" {
		if len(o.set) > 0 {
			return dashboard.Page{}, usage("--set chooses in the inputs of a page: name it with --page")
		}
		return dashboard.Page{}, nil
	}
	p, ok := pages.Find(o.page)
	if !ok {
		text := "there is no page " + session.Clean(o.page, 60) + ": the pages are " + strings.Join(pages.IDs(), ", ")
		if near := dashboard.Near(o.page, pages.IDs()); near != "" {
			text += "; did you mean " + near + "?"
		}
		return p, usage("--page: %s", text)
	}
	return p, nil
}

// setInputs chooses in the inputs of a page what --set says.
func setInputs(p dashboard.Page, set []string, chosen *board.Inputs) error {
	for _, text := range set {
		name, values, ok := board.ParseSet(text)
		if !ok {
			return usage("--set is INPUT=VALUES, such as region=North,South, not %q", text)
		}
		if err := chosen.Set(p, name, values); err != nil {
			return usage("--set %s: %v", session.Clean(text, 100), err)
		}
	}
	return nil
}
