package dashboard

import (
	"fmt"
	"time"
)

// Dashboard is a folder of pages, as its files say it.
type Dashboard struct {
	Title       string
	Home        Markdown // the text of the first tab; zero = none
	Inputs      []Input  // that pages may share
	Connections []Connection
	Refresh     time.Duration // of sources that say none
	Theme       string
	Pages       Pages // Home among them, first
}

// Problem is something that is wrong with a folder, or that will surprise.
type Problem struct {
	Place
	Text    string // what is wrong and how to fix it, one line
	Warning bool   // the page works all the same
}

// String is the problem in one line: "pages/2_Branches.yaml:14:9 unknown key
// colour: did you mean color?".
func (p Problem) String() string {
	switch {
	case p.File == "":
		return p.Text
	case p.Line == 0:
		return p.File + " " + p.Text
	}
	return fmt.Sprintf("%s:%d:%d %s", p.File, p.Line, p.Col, p.Text)
}
