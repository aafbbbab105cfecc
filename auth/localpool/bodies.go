package localpool

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

func loginBody(p page) g.Node {
	return g.Group{
		p.form("/login",
			p.emailField(p.wrong(), p.blamed()),
			field("password", "Password", g.Group{
				h.Name("password"), h.Type("password"), h.AutoComplete("current-password"),
				h.Required(), h.MaxLength("256"), h.Value(p.Password), p.wrong(), p.blamed(), p.focus("password"),
			}),
			h.Button(h.Class("main"), h.Type("submit"), p.focus("submit"), g.Text("Sign in")),
			links(p.link("/signup", "Create an account"), g.If(!p.NoReset, p.link("/forgotPassword", "Forgot your password?"))),
		),
		g.If(len(p.People) > 0, h.Section(h.Class("people"), h.Aria("labelledby", "people"),
			h.H2(h.ID("people"), g.Text("Demo people")),
			h.P(h.Class("hint"), g.Text("Choose one to fill in the form. They share the password "), h.Code(g.Text(DemoPassword))),
			h.Ul(g.Map(p.People, func(who demoPerson) g.Node {
				return h.Li(h.A(h.Href(who.Link), g.If(who.Email == p.Email, h.Aria("current", "true")),
					h.Span(h.Class("who"), g.Text(who.Email)), h.Span(h.Class("groups"), g.Text(who.Groups))))
			})),
		)),
	}
}

func signupBody(p page) g.Node {
	return p.form("/signup",
		p.emailField(p.wrongAt("username"), p.blamed()),
		p.newPasswordField("Password"),
		submit("Create the account"),
		links(p.link("/login", "I have an account"), p.link("/confirm", "I have a code")),
	)
}

func confirmBody(p page) g.Node {
	return g.Group{
		letterBox(p.Letter),
		p.form("/confirm",
			p.emailField(),
			p.codeField(p.wrong(), p.blamed()),
			submit("Confirm"),
			links(p.link("/login", "Back to sign-in")),
		),
	}
}

func forgotBody(p page) g.Node {
	return p.form("/forgotPassword",
		p.emailField(p.wrong(), p.blamed()),
		submit("Get a code"),
		links(p.link("/login", "Back to sign-in")),
	)
}

func resetBody(p page) g.Node {
	return g.Group{
		letterBox(p.Letter),
		p.form("/confirmForgotPassword",
			h.Input(h.Type("hidden"), h.Name("username"), h.AutoComplete("username"), h.Value(p.Email)),
			p.codeField(p.wrongAt("code"), p.blamed()),
			p.newPasswordField("New password"),
			submit("Set the new password"),
			links(p.link("/forgotPassword", "Get another code"), p.link("/login", "Back to sign-in")),
		),
	}
}

func errorBody(p page) g.Node {
	return g.Group{
		g.If(len(p.Registered) > 0, g.Group{
			h.H2(g.Text("Registered with this pool")),
			h.Dl(h.Class("facts"),
				h.Dt(g.Text("Client id")), h.Dd(h.Code(g.Text(p.ClientID))),
				g.If(p.Stranger != "", g.Group{h.Dt(g.Text("Client id that the app gave")), h.Dd(h.Code(g.Text(p.Stranger)))}),
				h.Dt(g.Text("Callback addresses")),
				g.Map(p.Registered, func(address string) g.Node { return h.Dd(h.Code(g.Text(address))) }),
			),
		}),
		h.P(h.Class("hint"), g.Text("Nothing was changed. You can close this tab and go back to the terminal.")),
	}
}

// letterBox stands for the mail that a real pool would send. The code is in
// an attribute too, for tests that play a person.
func letterBox(l letter) g.Node {
	return g.If(l.Code != "", h.Div(h.Class("letter"),
		h.P(h.Class("letter-head"), g.Text("The mail that a real pool would send")),
		h.P(h.Class("letter-to"), g.Text("To "), h.Strong(g.Text(l.To))),
		h.P(h.Class("letter-body"), g.Text("Your code is "),
			h.Strong(h.Class("code"), h.Data("code", l.Code), g.Text(l.Code))),
	))
}
