package localpool

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

func loginBody(s sheet) g.Node {
	return g.Group{
		s.form("/login",
			s.emailField(s.wrong(), s.blamed()),
			field("password", "Password", g.Group{
				h.Name("password"), h.Type("password"), h.AutoComplete("current-password"),
				h.Required(), h.MaxLength("256"), h.Value(s.Password), s.wrong(), s.blamed(), s.focus("password"),
			}),
			h.Button(h.Class("main"), h.Type("submit"), s.focus("submit"), g.Text("Sign in")),
			links(s.link("/signup", "Create an account"), g.If(!s.NoReset, s.link("/forgotPassword", "Forgot your password?"))),
		),
		g.If(len(s.People) > 0, h.Section(h.Class("people"), h.Aria("labelledby", "people"),
			h.H2(h.ID("people"), g.Text("Demo people")),
			h.P(h.Class("hint"), g.Text("Choose one to fill in the form. They share the password "), h.Code(g.Text(DemoPassword))),
			h.Ul(g.Map(s.People, func(p demoPerson) g.Node {
				return h.Li(h.A(h.Href(p.Link), g.If(p.Email == s.Email, h.Aria("current", "true")),
					h.Span(h.Class("who"), g.Text(p.Email)), h.Span(h.Class("groups"), g.Text(p.Groups))))
			})),
		)),
	}
}

func signupBody(s sheet) g.Node {
	return s.form("/signup",
		s.emailField(s.wrongAt("username"), s.blamed()),
		s.newPasswordField("Password"),
		submit("Create the account"),
		links(s.link("/login", "I have an account"), s.link("/confirm", "I have a code")),
	)
}

func confirmBody(s sheet) g.Node {
	return g.Group{
		letterBox(s.Letter),
		s.form("/confirm",
			s.emailField(),
			s.codeField(s.wrong(), s.blamed()),
			submit("Confirm"),
			links(s.link("/login", "Back to sign-in")),
		),
	}
}

func forgotBody(s sheet) g.Node {
	return s.form("/forgotPassword",
		s.emailField(s.wrong(), s.blamed()),
		submit("Get a code"),
		links(s.link("/login", "Back to sign-in")),
	)
}

func resetBody(s sheet) g.Node {
	return g.Group{
		letterBox(s.Letter),
		s.form("/confirmForgotPassword",
			h.Input(h.Type("hidden"), h.Name("username"), h.AutoComplete("username"), h.Value(s.Email)),
			s.codeField(s.wrongAt("code"), s.blamed()),
			s.newPasswordField("New password"),
			submit("Set the new password"),
			links(s.link("/forgotPassword", "Get another code"), s.link("/login", "Back to sign-in")),
		),
	}
}

func errorBody(s sheet) g.Node {
	return g.Group{
		g.If(len(s.Registered) > 0, g.Group{
			h.H2(g.Text("Registered with this pool")),
			h.Dl(h.Class("facts"),
				h.Dt(g.Text("Client id")), h.Dd(h.Code(g.Text(s.ClientID))),
				g.If(s.Stranger != "", g.Group{h.Dt(g.Text("Client id that the app gave")), h.Dd(h.Code(g.Text(s.Stranger)))}),
				h.Dt(g.Text("Callback addresses")),
				g.Map(s.Registered, func(address string) g.Node { return h.Dd(h.Code(g.Text(address))) }),
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
