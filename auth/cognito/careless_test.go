package cognito

import "testing"

func TestT11ACarelessProvidersWordsShowNoSecret(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"plain words stay":              {"User is not confirmed", "User is not confirmed"},
		"an attribute's name stays":     {"read access to email_verified is missing", "read access to email_verified is missing"},
		"short numbers stay":            {"Google Error - 403 - access_denied", "Google Error - 403 - access_denied"},
		"a code goes":                   {"code 381b75d9-7e1d-4e3e-a279-f522fa4fde55 was used", "code [redacted] was used"},
		"a verifier in quotes goes":     {`verifier "0Q3F4vWXTseOI0ELJ7D7_gvKtGZ4b61gacJPhCZrZGo" is wrong`, `verifier "[redacted]" is wrong`},
		"a token goes":                  {"bad eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "bad [redacted]"},
		"one in a query goes":           {"a=1&code=381b75d9-7e1d-4e3e-a279-f522fa4fde55", "a=1&[redacted]"},
		"a long word of letters stays":  {"NotAuthorizedException occurred", "NotAuthorizedException occurred"},
		"many in a row are one":         {"x 0Q3F4vWXTseOI0ELJ7D7 381b75d9-7e1d-4e3e 381b75d9-7e1d-4e3f y", "x [redacted] y"},
		"control characters never pass": {"a\x1b]52;c;x\x07", "a�]52;c;x�"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := describe(test.in); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestT11AnErrorCodeIsAName(t *testing.T) {
	for in, want := range map[string]string{
		"invalid_grant": "invalid_grant", "TooManyRequests": "TooManyRequests", "": "",
		"381b75d9-7e1d-4e3e": "", "invalid grant": "", "a\x1bb": "",
	} {
		if got := name(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
