package localpool

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// form posts to a page of this pool, with the token that says that it came
// from one. The pool judges what is typed, so that it can say why.
func (p page) form(path string, children ...g.Node) g.Node {
	return h.Form(h.Method("post"), h.Action(p.Link(path)), g.Attr("novalidate"), hidden("_csrf", p.CSRF), g.Group(children))
}

func hidden(name, value string) g.Node {
	return h.Input(h.Type("hidden"), h.Name(name), h.Value(value))
}

// field is an input under its label, and below it what explains it.
func field(id, label string, input g.Group, below ...g.Node) g.Node {
	return h.Div(h.Class("field"), h.Label(h.For(id), g.Text(label)), h.Input(h.ID(id), input), g.Group(below))
}

func (p page) emailField(more ...g.Node) g.Node {
	return field("username", "Email address", g.Group{
		h.Name("username"), h.Type("email"), h.AutoComplete("username"), g.Attr("inputmode", "email"), verbatim(),
		h.Required(), h.MaxLength("128"), h.Value(p.Email), g.Group(more), p.focus("username"),
	})
}

// newPasswordField says the rules below itself, and the alert when there is one.
func (p page) newPasswordField(label string) g.Node {
	explained := "rules"
	if p.Alert != "" {
		explained += " alert"
	}
	return field("password", label, g.Group{
		h.Name("password"), h.Type("password"), h.AutoComplete("new-password"), h.Required(),
		h.MinLength("8"), h.MaxLength("256"), h.Aria("describedby", explained), p.wrongAt("password"), p.focus("password"),
	}, h.P(h.Class("hint"), h.ID("rules"), g.Text(p.Rules)))
}

func (p page) codeField(more ...g.Node) g.Node {
	return field("code", "Code from the mail", g.Group{
		h.Class("digits"), h.Name("code"), h.Type("text"), h.AutoComplete("one-time-code"), g.Attr("inputmode", "numeric"),
		h.Pattern("[0-9 ]*"), h.Required(), h.MaxLength("12"), h.Value(p.Code), g.Group(more), p.focus("code"),
	})
}

func submit(label string) g.Node {
	return h.Button(h.Class("main"), h.Type("submit"), g.Text(label))
}

func links(list ...g.Node) g.Node { return h.P(h.Class("links"), g.Group(list)) }

// link goes to another page of this pool.
func (p page) link(path, text string) g.Node { return h.A(h.Href(p.Link(path)), g.Text(text)) }

// verbatim keeps phones from changing what is typed.
func verbatim() g.Node {
	return g.Group{g.Attr("autocapitalize", "none"), g.Attr("spellcheck", "false")}
}

func (p page) focus(field string) g.Node { return g.If(p.Focus == field, h.AutoFocus()) }

// wrong marks a field as the alert's cause, and wrongAt only the one to type in
// again; blamed makes a screen reader say the alert with the field.
func (p page) wrong() g.Node { return g.If(p.Alert != "", h.Aria("invalid", "true")) }

func (p page) wrongAt(field string) g.Node { return g.If(p.Focus == field, p.wrong()) }

func (p page) blamed() g.Node { return g.If(p.Alert != "", h.Aria("describedby", "alert")) }
