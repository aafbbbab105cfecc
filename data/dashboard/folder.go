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
	Theme       string        // auto, dark, light; "" = the reader's own
	SignIn      []Setting     // whom people sign in with, by the names of a profile
	Server      Server        // how the folder is served
	Ground      string        // below maps: an archive or an address of tiles; "" and NoGround = the coast alone
	Pages       Pages         // Home among them, first; those without errors

	// Broken are the pages with errors: what their files' names say, without
	// groups and content. They are not to be opened.
	Broken Pages
	// Drafts are the pages with errors as far as they could be read, for those
	// who look for more errors.
	Drafts Pages
	// Files are those whose text the dashboard was read from, below the folder.
	// Figures are not among them.
	Files []string

	broken bool // tabgate.yaml has errors
}

// Setting is a named value.
type Setting struct{ Name, Value string }

// Server says how a folder is served.
type Server struct {
	Listen, PublicURL string
	TLSCert, TLSKey   string // files
	ACME              string // the host that a certificate is fetched for
	BehindProxy       string // where the proxy's requests come from, as CIDR
	Audit             string // a file
	AnyAudience       bool
	MaxAge            time.Duration // of a token; 0 = until it expires
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
