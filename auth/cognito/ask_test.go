package cognito

import (
	"net/url"
	"strings"
	"testing"
)

func TestWhomASignInAsksFor(t *testing.T) {
	d := newDomain(t, says(200, `{}`))
	c, _ := d.client(t)
	tests := map[string]struct {
		ask  Ask
		fine bool
	}{
		"A-8 nothing":                        {Ask{}, true},
		"A-8 all of it":                      {Ask{"select_account", "ana@example.com", "Google"}, true},
		"A-8 a name beyond ASCII":            {Ask{Hint: "jürgen@bücher.example", Provider: "Universität"}, true},
		"A-8 a hint that adds a parameter":   {Ask{Hint: "a&state=evil#x?%00+"}, true}, // encoded, it is a name like any other
		"A-8 a provider that adds one":       {Ask{Provider: "Google&redirect_uri=https://evil.example"}, true},
		"A-8 the longest hint":               {Ask{Hint: strings.Repeat("é", 128)}, true},
		"A-8 a hint that is longer":          {Ask{Hint: strings.Repeat("a", 129)}, false},
		"A-8 a provider that is longer":      {Ask{Provider: strings.Repeat("a", 65)}, false},
		"A-8 a hint of two lines":            {Ask{Hint: "a\nb"}, false},
		"A-8 a hint that paints":             {Ask{Hint: "a\x1b[31m"}, false},
		"A-8 a hint that turns text around":  {Ask{Hint: "a\u202eb"}, false},
		"A-8 a hint with a space":            {Ask{Hint: "a b"}, false},
		"A-8 a hint that is no UTF-8":        {Ask{Hint: "a\xff"}, false},
		"A-8 a provider with a space":        {Ask{Provider: "My IdP"}, false},
		"A-8 a provider with a NUL":          {Ask{Provider: "a\x00"}, false},
		"A-8 another prompt":                 {Ask{Prompt: "none"}, false},
		"A-8 a prompt in capitals":           {Ask{Prompt: "LOGIN"}, false},
		"A-8 a prompt that adds a parameter": {Ask{Prompt: "login&state=evil"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if err := test.ask.Check(); (err == nil) != test.fine {
				t.Fatalf("got %v", err)
			} else if err != nil {
				if strings.ContainsAny(err.Error(), "\x1b\n\u202e\x00") || len(err.Error()) > 300 {
					t.Errorf("refused with %q", err)
				}
				return
			}
			a := attempt(t)
			plain, err := url.Parse(c.AuthorizeURL(callback, a))
			if err != nil {
				t.Fatal(err)
			}
			a.Ask = test.ask
			u, err := url.Parse(c.AuthorizeURL(callback, a))
			if err != nil || u.Fragment != "" || u.Host != plain.Host || u.Path != plain.Path {
				t.Fatalf("got %v, %v", u, err)
			}
			want := plain.Query()
			for key, value := range map[string]string{"prompt": test.ask.Prompt, "login_hint": test.ask.Hint, "identity_provider": test.ask.Provider} {
				if value != "" {
					want.Set(key, value)
				}
			}
			if u.Query().Encode() != want.Encode() {
				t.Errorf("got %s, want %s", u.Query().Encode(), want.Encode())
			}
		})
	}
}
