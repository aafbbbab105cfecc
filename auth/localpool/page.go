package localpool

import (
	_ "embed" // the style sheet

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

//go:embed style.css
var styleSheet string

// icon is drawn by the page itself: nothing is loaded from anywhere.
const icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
	"%3Cpath d='M1 5h6V2h8v12H1z' fill='%233b6fd4'/%3E%3C/svg%3E"

// page is what a page shows; each uses what it needs. Text in it may come
// from anybody: pages put it into text and into quoted attributes, which are
// escaped, and never into an address or into Raw.
type page struct {
	Body    func(page) g.Node // below the heading; nil for nothing
	Title   string
	Heading string
	Lead    string
	Alert   string // what went wrong, told first
	Notice  string // what went well
	Wide    bool
	NoReset bool // nobody can reset a password

	Nonce string // of the page's own style sheet
	CSRF  string
	Query string // the authorization request, encoded, carried from page to page

	Email    string
	Password string // filled in for demo people alone
	Letter   letter
	Code     string // typed already
	Rules    string
	People   []demoPerson
	Focus    string // the field to type in first

	Domain, ClientID string
	Registered       []string
	Stranger         string // a client id that is not known here
	Users            []Listed
	Known            []string // groups that open something
	Groups           []string
}

// demoPerson is a line of the list under the login form. Link is a path of
// this pool with an encoded query.
type demoPerson struct{ Email, Groups, Link string }

// Link is a page of the sign-in with the authorization request carried along.
func (p page) Link(path string) string {
	if p.Query == "" {
		return path
	}
	return path + "?" + p.Query
}

// layout is a whole page: what all have, around the page's own body.
func layout(p page) g.Node {
	title, shell := p.Title+" · tabgate local demo pool", "shell"
	if p.Alert != "" {
		title = "Error: " + title
	}
	if p.Wide {
		shell += " wide"
	}
	return h.Doctype(h.HTML(h.Lang("en"),
		h.Head(
			h.Meta(h.Charset("utf-8")),
			h.Meta(h.Name("viewport"), h.Content("width=device-width, initial-scale=1")),
			h.Meta(h.Name("color-scheme"), h.Content("light dark")),
			h.Meta(h.Name("robots"), h.Content("noindex")),
			h.TitleEl(g.Text(title)),
			h.Link(h.Rel("icon"), h.Href(icon)),
			h.StyleEl(g.Attr("nonce", p.Nonce), g.Raw(styleSheet)),
		),
		h.Body(h.Div(h.Class(shell), brand(), card(p), h.Footer(h.Class("foot"),
			h.P(g.Text("A stand-in for Amazon Cognito on your own machine, served by tabgate at "), h.Code(g.Text(p.Domain)),
				g.Text(". It sends nothing anywhere, and its accounts end with it.")),
		))),
	))
}

func brand() g.Node {
	return h.Header(h.Class("brand"),
		h.Span(h.Class("mark"), h.Aria("hidden", "true"), h.I(), h.I(), h.I()),
		h.Span(h.Class("name"), g.Text("tabgate")),
		h.Span(h.Class("badge"), g.Text("local demo pool")),
	)
}

func card(p page) g.Node {
	return h.Main(h.Class("card"),
		h.H1(g.Text(p.Heading)),
		g.If(p.Lead != "", h.P(h.Class("lead"), g.Text(p.Lead))),
		g.If(p.Alert != "", h.Div(h.Class("alert"), h.ID("alert"), h.Role("alert"),
			h.Strong(g.Text("That did not work.")), g.Text(" "), h.Span(g.Text(p.Alert)))),
		g.If(p.Notice != "", h.Div(h.Class("notice"), h.Role("status"), g.Text(p.Notice))),
		g.Iff(p.Body != nil, func() g.Node { return p.Body(p) }),
	)
}
