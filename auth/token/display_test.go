package token

import (
	"slices"
	"strings"
	"testing"
)

// A pre-token-generation trigger may add whatever claim it likes. What is only
// shown never keeps anybody from signing in.
func TestClaimsThatDecideNothingNeverRefuse(t *testing.T) {
	inID := func(name, value string) func(*pair) {
		return func(p *pair) { p.rawID = p.member(`"`+name+`"`, value, false) }
	}
	instead := func(name string, value any) func(*pair) {
		return func(p *pair) { p.id = p.id.with(object{name: value}) }
	}
	inAccess := func(name string, value any) func(*pair) {
		return func(p *pair) { p.access = p.access.with(object{name: value}) }
	}
	const email = "ana@example.com"
	tests := map[string]struct {
		change   func(*pair)
		email    string
		verified bool
		warning  string // part of one; "" wants none
	}{
		"T-14 a trigger adds Email":                        {inID("Email", `"eve@example.com"`), email, true, `"Email"`},
		"T-14 a trigger adds Email, and there is no other": {func(p *pair) { p.id = p.id.with(object{"email": gone, "Email": "eve@example.com"}) }, "", true, `"Email"`},
		"T-14 a trigger adds userName":                     {inID("userName", `"eve"`), email, true, `"userName"`},
		"T-14 a trigger adds Scope":                        {inID("Scope", `["a"]`), email, true, `"Scope"`},
		"T-14 a trigger adds Scope to the access token":    {inAccess("Scope", "admin"), email, true, "access token"},
		"T-14 a trigger adds Cognito:Username":             {inID("Cognito:Username", `"eve"`), email, true, `"Cognito:Username"`},
		"T-14 a trigger adds Origin_JTI":                   {inID("Origin_JTI", `"eve"`), email, true, `"Origin_JTI"`},
		"T-14 email twice":                                 {inID("email", `"eve@example.com"`), "", true, "email twice"},
		"T-14 email three times":                           {func(p *pair) { p.rawID = p.member(`"email":"a","email"`, `"b"`, false) }, "", true, "email twice"},
		"T-14 a claim of no interest twice":                {inID("identities", `[]`), email, true, "identities twice"},
		"T-14 email is a list":                             {instead("email", []string{email}), "", true, "email"},
		"T-14 email is null":                               {instead("email", nil), "", true, ""},
		"T-14 email holds half a surrogate pair": {func(p *pair) {
			p.id = p.id.with(object{"email": gone})
			p.rawID = p.member(`"email"`, `"a\ud800"`, false)
		}, "", true, "email"},
		"T-14 email_verified is True":                    {instead("email_verified", "True"), email, false, "email_verified"},
		"T-14 email_verified is 1":                       {instead("email_verified", 1), email, false, "email_verified"},
		"T-14 email_verified is null":                    {instead("email_verified", nil), email, false, ""},
		"T-14 email_verified is empty":                   {instead("email_verified", ""), email, false, "email_verified"},
		"T-14 Email_Verified beside the real one":        {inID("Email_Verified", `false`), email, true, `"Email_Verified"`},
		"T-14 email_verified twice counts as unverified": {inID("email_verified", `true`), email, false, "email_verified twice"},
		"T-14 the user name is a number":                 {instead("cognito:username", 7), email, true, "cognito:username"},
		"T-14 the scope is a list":                       {inAccess("scope", []string{"openid"}), email, true, "scope"},
		"T-14 origin_jti is an object":                   {instead("origin_jti", object{}), email, true, "origin_jti"},
		"T-14 a phone number that is a number":           {instead("phone_number", 12), email, true, ""},
		"T-14 names of no interest in two cases":         {func(p *pair) { p.id["CUSTOM:X"], p.id["custom:x"] = "1", "2" }, email, true, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPool(t)
			tokens := p.pair()
			test.change(tokens)
			id, access := tokens.finish()
			c, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want)
			if err != nil {
				t.Fatalf("refused: %v", err)
			}
			if c.Email != test.email || c.EmailVerified != test.verified || c.Subject != "sub-1" || !slices.Equal(c.Groups, []string{"Underwriters"}) {
				t.Errorf("got %+v", c)
			}
			all := strings.Join(c.Warnings, " ")
			if (test.warning == "") != (len(c.Warnings) == 0) || !strings.Contains(all, test.warning) {
				t.Errorf("warned %q, want %q", all, test.warning)
			}
		})
	}
}

// A token full of odd names is told of in a few lines, and cleanly.
func TestT14WarningsAreFewAndClean(t *testing.T) {
	p := newPool(t)
	tokens := p.pair()
	odd := strings.Repeat(`"x\u001b]52;c;eA==\u0007":1,`, 5000)
	tokens.rawID = strings.Replace(string(encode(tokens.id)), "{", `{"EMAIL":1,"EMail":1,"emAIL":1,"Scope":1,"SCOPE":1,`+odd, 1)
	id, access := tokens.finish()
	c, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(c.Warnings, " ")
	if len(c.Warnings) == 0 || len(c.Warnings) > 6 || len(all) > 1000 || strings.ContainsAny(all, "\x1b\a\n") {
		t.Errorf("T-14: %d warnings: %q", len(c.Warnings), all)
	}
}

// The ID token alone decides about groups. Those that stand in the access
// token alone grant nothing and are told of.
func TestGroupsOfTheAccessTokenAlone(t *testing.T) {
	tests := map[string]struct {
		id, access any // cognito:groups
		groups     []string
		warning    []string // parts of one; none wants none
		never      string
	}{
		"J-27 in both is fine":              {[]string{"A"}, []string{"A"}, []string{"A"}, nil, ""},
		"J-27 in another order is fine":     {[]string{"A", "B"}, []string{"B", "A"}, []string{"A", "B"}, nil, ""},
		"J-27 in the ID token alone":        {[]string{"A"}, gone, []string{"A"}, nil, ""},
		"J-27 in neither":                   {gone, gone, nil, nil, ""},
		"J-27 in the access token alone":    {gone, []string{"A", "B"}, nil, []string{"access token only: A, B", "ID token"}, ""},
		"J-27 one of them alone":            {[]string{"A"}, []string{"A", "B"}, []string{"A"}, []string{"access token only: B"}, "only: A"},
		"J-27 another case is another name": {[]string{"a"}, []string{"A"}, []string{"a"}, []string{"access token only: A"}, ""},
		"J-27 a name that paints":           {gone, []string{"\x1b[31mA"}, nil, []string{"[31mA"}, "\x1b"},
		"J-27 very many":                    {gone, manyGroups(900), nil, []string{"access token only: group-0, group-1", "and 895 more"}, "group-99,"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPool(t)
			tokens := p.pair()
			tokens.id, tokens.access = tokens.id.with(object{"cognito:groups": test.id}), tokens.access.with(object{"cognito:groups": test.access})
			id, access := tokens.finish()
			c, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want)
			if err != nil || !slices.Equal(c.Groups, test.groups) {
				t.Fatalf("groups %q, %v", c.Groups, err)
			}
			all := strings.Join(c.Warnings, " ")
			if len(test.warning) == 0 && all != "" || len(all) > 500 || test.never != "" && strings.Contains(all, test.never) {
				t.Errorf("warned %q", all)
			}
			for _, part := range test.warning {
				if !strings.Contains(all, part) {
					t.Errorf("warned %q, want %q in it", all, part)
				}
			}
		})
	}
	t.Run("J-27 a text there is refused as in the ID token", func(t *testing.T) {
		p := newPool(t)
		tokens := p.pair()
		tokens.access["cognito:groups"] = "Underwriters"
		id, access := tokens.finish()
		if _, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want); reasonOf(err) != Malformed {
			t.Errorf("got %v", err)
		}
	})
}

func manyGroups(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = "group-" + string(encode(i))
	}
	return list
}
