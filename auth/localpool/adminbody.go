package localpool

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

func adminBody(p page) g.Node {
	head := func(text string) g.Node { return h.Span(h.Role("columnheader"), g.Text(text)) }
	rows := g.Group{}
	for i, u := range p.Users {
		rows = append(rows, adminRow(p, "g"+strconv.Itoa(i), u))
	}
	return g.Group{
		h.DataList(h.ID("groups"), g.Map(p.Groups, func(name string) g.Node { return h.Option(h.Value(name)) })),
		h.Div(h.Class("table"), h.Role("table"), h.Aria("label", "People of the pool"),
			h.Div(h.Class("row head"), h.Role("row"), head("Person"), head("Groups"), head("Add to a group")),
			rows,
		),
		g.If(len(p.Known) > 0, h.P(h.Class("hint"), g.Text("Groups that open a page: "+strings.Join(p.Known, ", ")+"."))),
		h.P(h.Class("hint"), g.Text("The same from a terminal: "), h.Code(g.Text("tabgate pool groups add EMAIL GROUP"))),
	}
}

// adminRow is one person. id tells the row's field from those of the others.
func adminRow(p page, id string, u Listed) g.Node {
	chips := g.Map(u.Groups, func(name string) g.Node { return chip(p, u.Email, name) })
	if len(chips) == 0 {
		chips = g.Group{h.Span(h.Class("none"), g.Text("none"))}
	}
	return h.Div(h.Class("row"), h.Role("row"),
		h.Div(h.Role("cell"), h.Class("person"), h.Span(h.Class("who"), g.Text(u.Email)),
			g.If(!u.Confirmed, h.Span(h.Class("state"), g.Text("not confirmed")))),
		h.Div(h.Role("cell"), h.Class("chips"), chips),
		h.Div(h.Role("cell"), change(p, "add", u.Email, h.Class("add"),
			h.Label(h.Class("unseen"), h.For(id), g.Text("Group to add "+u.Email+" to")),
			h.Input(h.ID(id), h.Name("group"), h.List("groups"), h.Placeholder("Group"), h.AutoComplete("off"), verbatim(),
				h.Required(), h.MaxLength("128")),
			h.Button(h.Type("submit"), h.Aria("label", "Add "+u.Email+" to the group"), g.Text("Add")),
		)),
	)
}

// chip is a group that a person is in, with a button that ends that.
func chip(p page, email, name string) g.Node {
	return change(p, "remove", email, hidden("group", name),
		h.Span(h.Class("chip"), h.Span(g.Text(name)),
			h.Button(h.Type("submit"), h.Aria("label", "Remove "+email+" from "+name), h.Title("Remove"), g.Text("×"))))
}

// change is a form that changes one person. Without an action it goes to the
// page's own address, which is a secret. Browsers judge these forms: an empty
// group is not worth a round.
func change(p page, what, email string, children ...g.Node) g.Node {
	return h.Form(h.Method("post"), hidden("_csrf", p.CSRF), hidden("do", what), hidden("email", email), g.Group(children))
}
